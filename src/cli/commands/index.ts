import type { CommandDefinition } from '../command.js';
import { catalog } from './catalog.js';
import { clearData } from './clear-data.js';
import { diagnostics } from './diagnostics.js';
import { disable } from './disable.js';
import { enable } from './enable.js';
import { exportCommand } from './export.js';
import { local } from './local.js';
import { preview } from './preview.js';
import { serve } from './serve.js';
import { settings } from './settings.js';
import { showData } from './show-data.js';
import { status } from './status.js';
import { token } from './token.js';
import { why } from './why.js';

/** All commands, in the order in which help shows them. */
export const COMMANDS: readonly CommandDefinition[] = [
  status,
  why,
  enable,
  disable,
  local,
  showData,
  preview,
  catalog,
  settings,
  clearData,
  exportCommand,
  diagnostics,
  serve,
  token,
];

import type { AnyCommandDefinition } from '../command.js';
import { catalog } from './catalog.js';
import { clearData } from './clear-data.js';
import { COLLECTOR_COMMANDS } from './collector/index.js';
import { conformance } from './conformance.js';
import { diagnostics } from './diagnostics.js';
import { diff } from './diff.js';
import { disable } from './disable.js';
import { enable } from './enable.js';
import { exportCommand } from './export.js';
import { leaktest } from './leaktest.js';
import { LICENSE_COMMANDS } from './license/index.js';
import { local } from './local.js';
import { open } from './open.js';
import { ORG_COMMANDS } from './org/index.js';
import { preview } from './preview.js';
import { serve, serveRoles } from './serve.js';
import { settings } from './settings.js';
import { showData } from './show-data.js';
import { status } from './status.js';
import { token } from './token.js';
import { verify } from './verify.js';
import { why } from './why.js';

/** All commands that an app has, in the order in which help shows them. */
export const COMMANDS: readonly AnyCommandDefinition[] = [
  status,
  why,
  enable,
  disable,
  local,
  showData,
  preview,
  verify,
  catalog,
  diff,
  settings,
  clearData,
  exportCommand,
  diagnostics,
  open,
  serve,
  token,
];

/** All commands of the `sotto` program, which knows no app's code and serves an operator too. */
export const SOTTO_COMMANDS: readonly AnyCommandDefinition[] = [
  ...COMMANDS.map((command) => (command === serve ? serveRoles : command)),
  ...ORG_COMMANDS,
  ...COLLECTOR_COMMANDS,
  ...LICENSE_COMMANDS,
  leaktest,
  conformance,
];

import type { ServiceCommandDefinition } from '../../command.js';
import { orgDisable } from './disable.js';
import { orgEnable } from './enable.js';
import { orgResume } from './resume.js';
import { orgStatus } from './status.js';
import { orgTokenCreate } from './token-create.js';
import { orgTokenList } from './token-list.js';
import { orgTokenRevoke } from './token-revoke.js';

const HEADING = 'Commands for who operates the services of organisations:';

/** What the operator does about organisations, in the order in which help shows it. */
export const ORG_COMMANDS: readonly ServiceCommandDefinition[] = [
  orgStatus,
  orgDisable,
  orgEnable,
  orgResume,
  orgTokenCreate,
  orgTokenList,
  orgTokenRevoke,
].map((command) => ({ ...command, heading: HEADING }));

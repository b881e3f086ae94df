import { openLocalApiToken } from '../../store/index.js';
import type { CommandDefinition } from '../command.js';
import { EXIT } from '../exit-status.js';

/** What programs of this user show to the local API. It is made for the person who asks, and for nobody else. */
export const token: CommandDefinition = {
  name: 'token',
  summary: 'print the token of the local API, for your own programs',
  details:
    'Print the token of the local API, for your own programs: they send it as `Authorization: Bearer <token>`. It is made when there ' +
    'is none yet. Whoever has it can read what is recorded here, and change your answer about telemetry.',
  options: [{ flags: '--new', description: 'make a new one; the one before opens nothing any more' }],
  run({ consent, out, err }, { new: renew = false }) {
    const { directory } = consent;
    if (directory === undefined) {
      err.line('There is no place for a token: you have no home directory. Name a place with --config-dir.');
      return EXIT.failed;
    }
    out.raw(`${openLocalApiToken(directory, { renew })}\n`);
    return EXIT.done;
  },
};

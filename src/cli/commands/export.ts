import { resolve } from 'node:path';
import { readStoredAnswer } from '../../client/index.js';
import { toShownPath } from '../../internal/index.js';
import { exportData, writeExport } from '../../store/index.js';
import type { CommandDefinition } from '../command.js';
import { EXIT } from '../exit-status.js';
import { createProgress } from '../progress.js';

/** Everything that is kept here, as one file to take along. */
export const exportCommand: CommandDefinition = {
  name: 'export',
  summary: 'write everything that is kept here into one JSON file',
  argument: { syntax: '<file>', description: 'the file to write; only you can read it' },
  options: [{ flags: '--force', description: 'replace a file of that name' }],
  async run({ consent, out, err, io }, { args, force = false }) {
    const path = resolve(io.cwd, String(args[0]));
    const progress = createProgress(err, 'Exporting');
    const pieces = exportData(consent.directory, readStoredAnswer(consent), progress.show);
    try {
      await writeExport(
        { path, directory: consent.directory, overwrite: force, signal: io.interrupted },
        pieces,
      );
    } finally {
      progress.end();
    }
    out.line(`${out.tick}Data exported to ${toShownPath(path)}.`);
    return EXIT.done;
  },
};

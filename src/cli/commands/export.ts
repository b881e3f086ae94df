import { resolve } from 'node:path';
import { readSmallFile, toShownPath } from '../../internal/index.js';
import { exportData, writeExport } from '../../store/index.js';
import type { CommandDefinition } from '../command.js';
import { EXIT } from '../exit-status.js';
import { createProgress } from '../progress.js';

const MAX_CONFIG_BYTES = 65_536;

/** Everything that is kept here, as one file to take along. */
export const exportCommand: CommandDefinition = {
  name: 'export',
  summary: 'write everything that is kept here into one JSON file',
  argument: { syntax: '<file>', description: 'the file to write; only you can read it' },
  options: [{ flags: '--force', description: 'replace a file of that name' }],
  async run({ consent, out, err, io }, { args, force = false }) {
    const path = resolve(io.cwd, String(args[0]));
    const progress = createProgress(err, 'Exporting');
    const pieces = exportData(consent.directory, readConfig(consent.file.path), progress.show);
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

/** The consent file as it stands there; without members when it is absent or broken. */
function readConfig(path: string | undefined): object {
  const file = path === undefined ? undefined : readSmallFile(path, MAX_CONFIG_BYTES);
  if (file?.status !== 'found') return {};
  try {
    const config: unknown = JSON.parse(new TextDecoder().decode(file.bytes));
    return typeof config === 'object' && config !== null ? config : {};
  } catch {
    return {};
  }
}

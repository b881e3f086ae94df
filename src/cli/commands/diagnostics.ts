import { resolve } from 'node:path';
import { readBundle } from '../../client/index.js';
import { toShownPath } from '../../internal/index.js';
import { type BundleFile, writeBundle, writeExport, zipPieces } from '../../store/index.js';
import { type Fact, formatFacts } from '../columns.js';
import { type CommandContext, type CommandDefinition, type CommandInput, JSON_OPTION } from '../command.js';
import { EXIT, UsageError } from '../exit-status.js';
import { formatBytes } from '../plain-text.js';
import { createProgress } from '../progress.js';

/** A bundle that a person may hand on, once they have allowed that there are any. */
export const diagnostics: CommandDefinition = {
  name: 'diagnostics',
  summary: 'write a zip file that helps others to find a fault',
  details:
    'Write a zip file that helps others to find a fault: how telemetry stands, what is counted here, and digests of the newest ' +
    'crashes. It is sent to nobody; look at it, and hand it on yourself.',
  argument: {
    syntax: '[file]',
    description:
      'the file to write; a new one among the files of telemetry unless given. Only you can read it',
  },
  options: [{ flags: '--force', description: 'replace a file of that name' }, JSON_OPTION],
  async run(context, input) {
    const { out, err } = context;
    const consent = context.openServed();
    const { enabled, why } = consent.watch.refresh().switches.diagnostics;
    if (!enabled) {
      err.line(`No file was written. ${why.message} ${why.fix}`);
      return EXIT.failed;
    }
    const files = readBundle(consent);
    const { path, bytes } = await write({ ...context, consent }, files, input);
    if (input.json) out.json({ path, bytes, files: files.map(({ name }) => name) });
    else describe(context, path, bytes, files);
    return EXIT.done;
  },
};

interface Written {
  readonly path: string;
  readonly bytes: number;
}

async function write(
  { consent, err, io }: CommandContext,
  files: readonly BundleFile[],
  { args: [typed], force = false }: CommandInput,
): Promise<Written> {
  const { directory, settings } = consent;
  const { app, store } = settings;
  const signal = io.interrupted;
  const progress = createProgress(err, 'Writing');
  try {
    if (typed !== undefined) {
      const path = toPath(typed, io.cwd);
      const pieces = zipPieces(files, progress.show);
      return { path, bytes: await writeExport({ path, directory, overwrite: force, signal }, pieces) };
    }
    return await writeBundle({
      app,
      // Without a state directory nothing is allowed.
      directory: directory as string,
      files,
      retentionDays: store.retentionDays,
      now: Date.now,
      signal,
      onProgress: progress.show,
    });
  } finally {
    progress.end();
  }
}

/** @throws {UsageError} for what other programs take for standard output */
function toPath(typed: string, cwd: string): string {
  if (typed === '-')
    throw new UsageError(
      'A zip file is not written to standard output. Name a file, such as diagnostics.zip.',
    );
  return resolve(cwd, typed);
}

const ABOUT: Readonly<Record<BundleFile['name'], string>> = {
  'manifest.json': 'how telemetry stands, and what you have allowed',
  'telemetry.json': 'features and hooks that are counted, and the last events',
  'crashes.json': 'digests of the newest crashes',
};

function describe({ out, err }: CommandContext, path: string, bytes: number, files: readonly BundleFile[]) {
  out.line(`${out.tick}Diagnostics written to ${toShownPath(path)} (${formatBytes(bytes)}).`);
  out.lines(formatFacts([files.map(({ name }): Fact => [name, ABOUT[name]])], out.width));
  err.line('It was sent to nobody. Look at it before you hand it on.');
}

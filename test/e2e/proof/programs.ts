import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'tsup';
import { afterAll, beforeAll } from 'vitest';
import { CHECKOUT } from '../support/checkout.js';

const SOURCES = join(CHECKOUT, 'test', 'e2e', 'proof', 'programs');

export type ProgramName = 'plain-app' | 'sample-app' | 'long-running-app' | 'say-no';
export const WITNESS = join(SOURCES, 'witness.mjs');
export const HOLD_IMPORT = join(SOURCES, 'hold-import.mjs');
export const PIPE_STREAMS = join(SOURCES, 'pipe-streams.mjs');

let folder = '';

/** Build the programs of the proof once for a test file, as a maker would ship them; a loader would cost each run more than the program. */
export function usePrograms(): void {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'sotto-programs-'));
    // The programs also run as somebody else.
    await chmod(folder, 0o755);
    symlinkSync(join(CHECKOUT, 'node_modules'), join(folder, 'node_modules'), 'junction');
    await build({
      config: false,
      silent: true,
      // commander is CommonJS, and its require() of Node's modules would not work in here.
      skipNodeModulesBundle: true,
      entry: {
        ...entry('plain-app'),
        ...entry('sample-app'),
        ...entry('long-running-app'),
        ...entry('say-no'),
      },
      outDir: join(folder, 'programs'),
      format: 'esm',
      outExtension: () => ({ js: '.mjs' }),
      target: 'node20.20',
      tsconfig: join(CHECKOUT, 'tsconfig.json'),
    });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
}

export function programPath(name: ProgramName): string {
  return join(folder, 'programs', `${name}.mjs`);
}

const entry = (name: ProgramName) => ({ [name]: join(SOURCES, `${name}.ts`) });

import { join } from 'node:path';
import { useBuiltPrograms } from '../../support/built-programs.js';
import { CHECKOUT } from '../support/checkout.js';

const FOLDER = 'test/e2e/proof/programs';

export type ProgramName = 'plain-app' | 'sample-app' | 'long-running-app' | 'say-no';
export const WITNESS = join(CHECKOUT, FOLDER, 'witness.mjs');
export const HOLD_IMPORT = join(CHECKOUT, FOLDER, 'hold-import.mjs');
export const PIPE_STREAMS = join(CHECKOUT, FOLDER, 'pipe-streams.mjs');

let built: ((name: ProgramName) => string) | undefined;

/** Build the programs of the proof for a test file. commander, which they use, is loaded from this checkout. */
export function usePrograms(): void {
  built = useBuiltPrograms<ProgramName>(
    {
      'plain-app': `${FOLDER}/plain-app.ts`,
      'sample-app': `${FOLDER}/sample-app.ts`,
      'long-running-app': `${FOLDER}/long-running-app.ts`,
      'say-no': `${FOLDER}/say-no.ts`,
    },
    { packages: 'outside' },
  );
}

export function programPath(name: ProgramName): string {
  if (built === undefined) throw new Error('usePrograms() comes first.');
  return built(name);
}

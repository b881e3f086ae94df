import { pathToFileURL } from 'node:url';
import { openCapture } from '../../../src/testing/capture/index.js';
import type { CheckEffects } from '../../../src/testing/effects.js';
import { createMachine } from '../../../src/testing/machine/index.js';
import { runNoting } from '../../../src/testing/machine/run-command.js';
import { useBuiltPrograms } from '../../support/built-programs.js';

/** The effects of checks, with what the package has as files of its own built once for a test file. */
export function useEffects(): CheckEffects {
  const built = useBuiltPrograms(
    {
      'capture-program': 'src/testing/capture/capture-program.ts',
      'note-children': 'src/testing/machine/note-children.ts',
    },
    { packages: 'outside' },
  );
  return {
    openCapture: (options) => openCapture({ ...options, program: built('capture-program') }),
    createMachine,
    runCommand: (options) => runNoting(options, pathToFileURL(built('note-children'))),
  };
}

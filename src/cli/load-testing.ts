import { loadOptional } from '../internal/index.js';

/** The entry `sotto/testing`. */
export type TestingModule = typeof import('sotto/testing');

/** Load what only a maker's checks need. By its name, so that no other command carries it. */
export function loadTesting(): Promise<TestingModule> {
  return loadOptional(
    () => import('sotto/testing'),
    'This command needs the entry sotto/testing, which is not installed here. Install sotto whole: npm install sotto',
  );
}

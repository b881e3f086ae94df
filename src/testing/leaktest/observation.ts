import type { CanarySearch } from '../canary/index.js';
import type { Seen } from '../capture/index.js';
import type { RunResult } from '../machine/index.js';
import type { StateFile } from './read-state.js';

/** All that is known of one run of a command, for the checks to judge. */
export interface Observation {
  readonly result: RunResult;
  readonly seen: Seen;
  readonly state: readonly StateFile[];
  readonly search: CanarySearch;
  /** Whether everything that was sent was seen, and not only what listens to variables. */
  readonly isSealed: boolean;
  /** Whether the system tells programs the names that were made up, and not only variables do. */
  readonly areNamesSeeded: boolean;
  /** As it was run. */
  readonly command: readonly string[];
  /** Where the arguments begin that hold a canary; undefined where none does. */
  readonly seededFrom: number | undefined;
  /** Programs that the command may tell what it likes, by their names. */
  readonly allowedChildren: readonly string[];
  /** Whether the command is known to send nothing. */
  readonly expectsNothing: boolean;
  /** What the command ends with by itself. */
  readonly exitCode: number;
}

import type { Seen } from '../capture/index.js';
import type { RunResult } from '../machine/index.js';

/** What one run of the command came to. Paths of its machine are taken out of the texts. */
export type Outcome = RunResult;

/** What was seen of a command that ran once, or twice at once, on a machine of its own. */
export interface Performance {
  /** One, or two where two ran at once. */
  readonly outcomes: readonly [Outcome, ...Outcome[]];
  readonly seen: Seen;
  /** Names of what was made, changed or removed on the machine. */
  readonly changed: readonly string[];
  /** Those of them that stand where Sotto keeps the files of the app. */
  readonly ownFiles: readonly string[];
}

/** The command without telemetry, on an ordinary machine. */
export interface Baseline {
  readonly outcome: Outcome;
  readonly medianDurationMs: number;
  /** What it changes on a machine by itself. */
  readonly changed: readonly string[];
  /** Directories in which it makes files under names that differ from run to run. */
  readonly restless: readonly string[];
  /** What it started, in any of its runs. */
  readonly children: readonly string[];
  /** Lines that differ from run to run. */
  readonly unstable: { readonly stdout: readonly string[]; readonly stderr: readonly string[] };
}

/** What was seen in a scene, beside what is expected of it. */
export interface Observation {
  readonly performance: Performance;
  /** The same without telemetry. */
  readonly twin: Outcome;
  /** How much later it ended than its twin, measured from its last line. */
  readonly delay: Delay | undefined;
}

/** Medians. */
export interface Delay {
  readonly withMs: number;
  readonly withoutMs: number;
  readonly runs: number;
}

/** What checks judge by, besides what was seen. */
export interface Terms {
  readonly baseline: Baseline;
  readonly budgetMs: number;
  readonly graceMs: number;
  readonly jsonFlag: string;
  readonly expectsNothing: boolean;
  /** Lines that match are not compared. */
  readonly ignoreOutput: RegExp | undefined;
}

/** What a command was started with, as one line. */
export const toLine = (args: readonly string[]) => args.join(' ').replaceAll(/\s+/g, ' ').slice(0, 200);

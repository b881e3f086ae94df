import type { Capture } from '../capture/index.js';
import type { CheckOutcome } from '../report.js';
import {
  judgeClosedOutput,
  judgeErrors,
  judgeExitCode,
  judgeJson,
  judgeOutput,
  judgeTwoAtOnce,
} from './checks-of-sameness.js';
import { judgeChildren, judgeFiles, judgeLookups, judgeRequests } from './checks-when-off.js';
import { judgeExitBudget, judgeSigint, judgeSurvivors, judgeTelemetryRan } from './checks-when-on.js';
import type { Observation, Terms } from './observation.js';

/** One promise, and how what was seen is held against it. Judging looks at nothing else and changes nothing. */
interface Check {
  /** In one sentence. */
  readonly promise: string;
  /** The same where only what goes by way of a proxy is seen. */
  readonly promiseByProxy?: string;
  readonly judge: (observation: Observation, terms: Terms) => CheckOutcome;
}

/** All checks, by the names that reports have. */
export const CHECKS = {
  'no-requests-when-off': {
    promise: 'While telemetry is off, no connection is opened.',
    promiseByProxy:
      "While telemetry is off, nothing goes to the app's server or by way of the proxy that programs are told to use.",
    judge: judgeRequests,
  },
  'no-lookups-when-off': { promise: 'While telemetry is off, no name is looked up.', judge: judgeLookups },
  'no-files-when-off': {
    promise: 'While telemetry is off, no file is made or changed for it.',
    judge: judgeFiles,
  },
  'no-children-when-off': {
    promise: 'While telemetry is off, no process is started for it.',
    judge: judgeChildren,
  },
  'same-output': { promise: 'Standard output is the same as without telemetry.', judge: judgeOutput },
  'same-exit-code': { promise: 'The exit code is the same as without telemetry.', judge: judgeExitCode },
  'quiet-errors': { promise: 'Standard error is the same as without telemetry.', judge: judgeErrors },
  'telemetry-ran': { promise: 'Something is sent while telemetry is on.', judge: judgeTelemetryRan },
  'exit-budget': {
    promise: 'The command ends no later than the budget allows.',
    judge: judgeExitBudget,
  },
  'no-surviving-child': {
    promise: 'Nothing that the command started is left when the grace is over.',
    judge: judgeSurvivors,
  },
  'json-output': { promise: 'What programs read stays JSON.', judge: judgeJson },
  'survives-closed-output': {
    promise: 'The command ends as without telemetry where nobody reads what it says.',
    judge: judgeClosedOutput,
  },
  'ends-on-sigint': { promise: 'Ctrl-C ends the command as without telemetry.', judge: judgeSigint },
  'same-when-two-at-once': {
    promise: 'Two that run at once both do what one does alone.',
    judge: judgeTwoAtOnce,
  },
} as const satisfies Readonly<Record<string, Check>>;

export type CheckName = keyof typeof CHECKS;

/** What a check promises, as far as it can be looked at. */
export function promiseOf(name: CheckName, mode: Capture['mode']): string {
  const check: Check = CHECKS[name];
  return mode === 'proxied' ? (check.promiseByProxy ?? check.promise) : check.promise;
}

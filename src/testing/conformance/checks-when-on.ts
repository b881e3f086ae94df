import { type CheckOutcome, failedFor, failedIf, notChecked } from '../report.js';
import type { Observation, Outcome, Terms } from './observation.js';
import { toLine } from './observation.js';
import { describeEnd, endsAlike } from './outcomes.js';

const INTERRUPTED = 130;

/** What is said of the rest is worth nothing where telemetry never ran. */
export function judgeTelemetryRan({ performance }: Observation, { expectsNothing }: Terms): CheckOutcome {
  if (expectsNothing) return notChecked('The command is expected to send nothing.');
  const message =
    performance.seen.connections.length > 0
      ? undefined
      : 'Telemetry was on, its server answered, and nothing was sent: the other checks prove nothing.';
  return failedIf(
    message,
    'Name the app as the code does (--app), and a command that records an event. For one that records none: --expect-nothing.',
  );
}

export function judgeExitBudget({ delay }: Observation, { budgetMs }: Terms): CheckOutcome {
  if (delay === undefined) return notChecked('Nothing was measured.');
  const { withMs, withoutMs, runs } = delay;
  const addedMs = withMs - withoutMs;
  const message =
    addedMs <= budgetMs
      ? undefined
      : `The command ended ${ms(addedMs)} later with telemetry than without: ${ms(withMs)} after its last line ` +
        `against ${ms(withoutMs)}, the median of ${runs} runs. The budget is ${ms(budgetMs)}.`;
  return failedIf(message, 'Leave what cannot be sent at once to a process of its own, or to the next run.');
}

const ms = (durationMs: number) => `${Math.round(durationMs)} ms`;

export function judgeSurvivors({ performance }: Observation, { graceMs }: Terms): CheckOutcome {
  const { outcomes } = performance;
  if (outcomes.some(({ survivors }) => survivors === undefined))
    return notChecked('What outlives the command cannot be seen here: it is no program on Node.js.');
  const left = outcomes.flatMap(({ survivors = [] }) => survivors.map(({ args }) => toLine(args)));
  return failedFor(
    left.map(
      (line) =>
        `A process that the command started was still there ${graceMs / 1_000} s after its end: ${line}`,
    ),
    'Bound the time of what goes on behind the command, whatever its server does.',
  );
}

/** It ends as it does without telemetry when it is interrupted, or as it does when it is not, and soon. Its twin may have ended before. */
export function judgeSigint({ performance, twin }: Observation, { baseline, budgetMs }: Terms): CheckOutcome {
  const [outcome] = performance.outcomes;
  if (outcome.afterSignalMs === undefined)
    return notChecked(
      'The command ended before it could be interrupted. Check one that takes longer, such as half a second.',
    );
  const advice = 'Handle no signal for telemetry, or end by the same signal as soon as the handler has run.';
  const { afterSignalMs: expectedMs = 0 } = twin;
  const lateMs = outcome.afterSignalMs - expectedMs;
  const isExpected =
    isInterrupted(outcome) || [twin, baseline.outcome].some((end) => endsAlike(outcome, end));
  const messages = [
    isExpected
      ? undefined
      : `After Ctrl-C the command ended with ${describeEnd(outcome)}, and without telemetry with ${describeEnd(twin)}.`,
    lateMs <= budgetMs
      ? undefined
      : `The command went on for ${ms(outcome.afterSignalMs)} after Ctrl-C, and without telemetry for ${ms(expectedMs)}.`,
  ];
  return failedFor(messages, advice);
}

const isInterrupted = ({ status, signal }: Outcome) => signal === 'SIGINT' || status === INTERRUPTED;

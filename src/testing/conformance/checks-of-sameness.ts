import { type CheckOutcome, failedFor, failedIf, notChecked } from '../report.js';
import { describeDifference } from './compare-lines.js';
import type { Observation, Outcome, Terms } from './observation.js';
import { describeEnd, endsAlike } from './outcomes.js';

type Stream = 'stdout' | 'stderr';

const NAMES: Readonly<Record<Stream, string>> = { stdout: 'Standard output', stderr: 'Standard error' };

export const judgeOutput = (observation: Observation, terms: Terms) =>
  judgeStream('stdout', 'Print nothing about telemetry on standard output, ever.', observation, terms);

export const judgeErrors = (observation: Observation, terms: Terms) =>
  judgeStream(
    'stderr',
    'What goes wrong in telemetry is nothing that the person at the terminal can mend. Keep it for those who ask.',
    observation,
    terms,
  );

function judgeStream(
  stream: Stream,
  advice: string,
  { performance, twin }: Observation,
  { baseline, ignoreOutput }: Terms,
): CheckOutcome {
  const unstable = baseline.unstable[stream];
  if (unstable.length > 0) return notChecked(describeUnstable(stream, unstable));
  const said = describeDifference(performance.outcomes[0][stream], twin[stream], ignoreOutput);
  return failedIf(said && `${NAMES[stream]} is another than without telemetry: ${said}.`, advice);
}

function describeUnstable(stream: Stream, [line = '']: readonly string[]): string {
  return (
    `${NAMES[stream]} differs from run to run without telemetry too, as in ${JSON.stringify(line.slice(0, 120))}. ` +
    'Name such lines by --ignore-output <regexp>.'
  );
}

export function judgeExitCode({ performance, twin }: Observation): CheckOutcome {
  const advice =
    'Let nothing that telemetry does reach the exit code: catch what it throws, and never set one.';
  return failedIf(describeOtherEnd(performance.outcomes[0], twin), advice);
}

export function judgeClosedOutput({ performance, twin }: Observation): CheckOutcome {
  const advice = 'Telemetry must not write to the standard streams, nor listen to their errors.';
  return failedIf(describeOtherEnd(performance.outcomes[0], twin), advice);
}

/** Both as the one that runs alone. */
export function judgeTwoAtOnce({ performance, twin }: Observation, terms: Terms): CheckOutcome {
  const { baseline, ignoreOutput } = terms;
  const isStable = baseline.unstable.stdout.length === 0;
  const advice =
    'Two processes share the files of telemetry: hold no lock that the other waits for, or fails by.';
  const messages = performance.outcomes.flatMap((outcome) => {
    const said = isStable ? describeDifference(outcome.stdout, twin.stdout, ignoreOutput) : undefined;
    return [
      describeOtherEnd(outcome, twin),
      said && `Standard output of one of two is another than of one alone: ${said}.`,
    ];
  });
  return failedFor([...new Set(messages)], advice);
}

export function judgeJson({ performance, twin }: Observation, terms: Terms): CheckOutcome {
  if (!isJson(twin.stdout))
    return notChecked(
      `With ${terms.jsonFlag} the command prints no JSON without telemetry either. Name the option of the command that does: --json-flag <flag>.`,
    );
  const { stdout } = performance.outcomes[0];
  const said = describeDifference(stdout, twin.stdout, undefined) ?? 'nothing';
  const message = isSuchJson(stdout, twin.stdout)
    ? undefined
    : `Standard output is another JSON, or none: ${said}.`;
  return failedIf(
    message,
    'Print nothing about telemetry where a program reads: not even where it is told to be on.',
  );
}

/** One document, or as many lines of it: a notice that is JSON too would be one more. */
function isSuchJson(text: string, expected: string): boolean {
  if (parses(expected)) return parses(text);
  return isJson(text) && text.trim().split('\n').length === expected.trim().split('\n').length;
}

/** A document, or one on every line. */
function isJson(text: string): boolean {
  if (text.trim() === '') return false;
  return parses(text) || text.trim().split('\n').every(parses);
}

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function describeOtherEnd(outcome: Outcome, twin: Outcome): string | undefined {
  if (endsAlike(outcome, twin)) return undefined;
  return `The command ended with ${describeEnd(outcome)}, and without telemetry with ${describeEnd(twin)}.`;
}

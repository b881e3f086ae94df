import { alternate } from '../lib/alternate.mjs';
import { runProgram } from '../lib/program.mjs';
import { summarizeDifferences } from '../lib/statistics.mjs';

const EVENTS_PER_SECOND = 1_000;

/** How much longer a service's event loop keeps what is due waiting when it records 1,000 events a second, and they are sent. */
export async function* measureLoop({ dist, isQuick }) {
  const durationMs = isQuick ? 2_000 : 10_000;
  const run = (side) => () => sample({ side, dist, eventsPerSecond: EVENTS_PER_SECOND, durationMs });
  const pairs = await alternate(isQuick ? 1 : 5, { ours: run('ours'), theirs: run('none') });
  const row = (value) =>
    summarizeDifferences(pairs.map(({ ours, theirs }) => ({ ours: ours[value], theirs: theirs[value] })));
  const subject = `${EVENTS_PER_SECOND} events/s`;

  yield {
    subject: `${subject}, p99 of its delay`,
    unit: 'ms',
    ...row('p99Ms'),
    limit: { of: 'difference', atMost: 5 },
  };
  yield { subject: `${subject}, its longest delay`, unit: 'ms', ...row('longestMs') };
}

/** A service that cannot keep up, or loses events, would be measured at another pace than is said. */
async function sample(args) {
  const { result } = await runProgram('loop.mjs', [args]);
  const { recorded, pending, arrived } = result;
  const isAll = args.side === 'none' || recorded >= (EVENTS_PER_SECOND * args.durationMs) / 1_000;
  if (!isAll || arrived !== recorded || pending > EVENTS_PER_SECOND)
    throw new Error(`Not what was to be measured: ${JSON.stringify(result)}`);
  return result;
}

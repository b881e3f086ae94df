import { alternate } from '../lib/alternate.mjs';
import { runProgram } from '../lib/program.mjs';
import { summarize, summarizePairs } from '../lib/statistics.mjs';

const EVENTS = 50_000;
const BURST = { events: EVENTS, batchSize: 500, maxQueueSize: 100_000 };

/** A burst of 50,000 events to a local server: how fast, and whether all of them arrive, each of them once. */
export async function* measureBurst({ dist, isQuick }) {
  const run = (side) => async () => (await runProgram('burst.mjs', [{ side, dist, ...BURST }])).result;
  const pairs = await alternate(isQuick ? 1 : 6, { ours: run('ours'), theirs: run('theirs') });
  const each = (toValue) =>
    pairs.map(({ ours, theirs }) => ({ ours: toValue(ours), theirs: toValue(theirs) }));

  yield {
    subject: 'captured and delivered',
    unit: 'events/s',
    ...summarizePairs(each(({ durationMs }) => (EVENTS / durationMs) * 1_000)),
  };
  yield {
    subject: 'the burst itself keeps the caller',
    unit: 'ms',
    ...summarizePairs(each(({ capturedMs }) => capturedMs)),
  };
  yield {
    subject: `lost, of ${EVENTS * pairs.length}`,
    unit: 'events',
    ...totals(each(({ distinct }) => EVENTS - distinct)),
    limit: { of: 'ours', atMost: 0 },
  };
  yield {
    subject: 'delivered more than once',
    unit: 'events',
    ...totals(each(({ events, distinct }) => events - distinct)),
    limit: { of: 'ours', atMost: 0 },
  };
}

/** A middle would hide one loss in one of the runs. */
function totals(pairs) {
  const total = (side) => summarize([pairs.reduce((sum, pair) => sum + pair[side], 0)]);
  return { ours: total('ours'), theirs: total('theirs') };
}

import { alternate } from '../lib/alternate.mjs';
import { runProgram } from '../lib/program.mjs';
import { summarize, summarizeDifferences } from '../lib/statistics.mjs';

const MEGABYTE = 1_000_000;

const MAX_QUEUE_BYTES = 64 * 1_024 * 1_024;

/** What stays after a collection: the queue, by its own estimate, and half as much for what knows where its events stand. */
const HELD_LIMIT = { of: 'difference', atMost: (1.5 * MAX_QUEUE_BYTES) / MEGABYTE };

/** V8 lets garbage lie until the heap is four times what the last full collection left. */
const PEAK_LIMIT = { of: 'difference', atMost: (4 * 1.5 * MAX_QUEUE_BYTES) / MEGABYTE };

/** `maxLedgerBytes`, 10 MiB, and the notes beside it. */
const DISK_LIMIT = { of: 'ours', atMost: (10 * 1_024 * 1_024 * 1.05) / MEGABYTE };

const NOTHING = { of: 'ours', atMost: 0 };

/** A million events in a service while its server is down, beside the same service with telemetry off. */
export async function* measureOutage({ dist, isQuick }) {
  const events = isQuick ? 200_000 : 1_000_000;
  const run = (enabled) => async () => {
    const { result } = await runProgram('outage.mjs', [{ enabled, dist, events }], {
      nodeOptions: ['--expose-gc'],
    });
    return result;
  };
  const pairs = await alternate(isQuick ? 1 : 3, { ours: run(true), theirs: run(false) });
  const outcomes = pairs.map(({ ours }) => ours);
  const each = (toValue) =>
    summarizeDifferences(pairs.map(({ ours, theirs }) => ({ ours: toValue(ours), theirs: toValue(theirs) })));
  const inWords = events.toLocaleString('en-US');

  yield {
    subject: `${inWords} events, peak memory`,
    unit: 'MB',
    ...each(({ peakBytes }) => peakBytes / MEGABYTE),
    limit: PEAK_LIMIT,
  };
  yield {
    subject: `${inWords} events, memory still held after them`,
    unit: 'MB',
    ...each(({ heldBytes }) => heldBytes / MEGABYTE),
    limit: HELD_LIMIT,
  };
  yield {
    subject: `${inWords} events, state directory at most`,
    unit: 'MB',
    ours: summarize(outcomes.map(({ peakStateBytes }) => peakStateBytes / MEGABYTE)),
    limit: DISK_LIMIT,
  };
  yield {
    subject: `${inWords} events, one of them keeps the caller`,
    unit: 'µs',
    ...each(({ durationMs }) => (durationMs / events) * 1_000),
  };
  yield {
    subject: 'neither on disk nor counted as lost',
    unit: 'events',
    ours: summarize([sum(outcomes.map((outcome) => Math.abs(unaccounted(outcome, events))))]),
    limit: NOTHING,
  };
  yield {
    subject: 'counted twice, or not at all, by status()',
    unit: 'events',
    ours: summarize([sum(outcomes.flatMap(({ during, after }) => [miscounted(during), miscounted(after)]))]),
    limit: NOTHING,
  };
}

/** What a later program will find is what this one left: counted by the files themselves. */
const unaccounted = ({ after: { sent, dropped }, waiting }, events) =>
  events - sent - waiting - sum(Object.values(dropped));

const miscounted = ({ recorded, sent, pending, left, dropped }) =>
  Math.abs(recorded - sent - pending - left - sum(Object.values(dropped)));

const sum = (values) => values.reduce((total, value) => total + value, 0);

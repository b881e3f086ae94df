import { SOTTO, toFigure, valueAtMost } from '../lib/figure.mjs';
import { runProgram } from '../lib/program.mjs';
import { eachValue, measureRounds } from '../lib/rounds.mjs';
import { NONE } from '../subject/sides.mjs';

const MEGABYTE = 1_000_000;

/** With the most events. */
const HEAP_LIMIT = valueAtMost(30);

/** `maxLedgerBytes`, 10 MiB, and the notes beside it. */
const DISK_LIMIT = valueAtMost((10 * 1_024 * 1_024 * 1.05) / MEGABYTE);

const NOTHING = valueAtMost(0);

const [POSTHOG, AUTOMAGIK, SEGMENT, OTEL] = [
  'posthog-node',
  '@automagik/telemetry',
  '@segment/analytics-node',
  'OpenTelemetry logs',
];

/** Two of the peers have no bound on what waits: with more events they would take all memory, or many minutes. */
const SIZES = [
  { events: 10_000, peers: [POSTHOG, AUTOMAGIK, SEGMENT, OTEL] },
  { events: 100_000, peers: [POSTHOG, SEGMENT, OTEL] },
  { events: 1_000_000, peers: [POSTHOG, OTEL], heapGoals: [HEAP_LIMIT] },
];
const QUICK_PART = 0.1;

/** Events in a service while its server is down, beside the same service without telemetry. */
export async function* measureMemory({ dist, isQuick }) {
  const outcomes = [];
  for (const { events: all, peers, heapGoals = [] } of SIZES) {
    const events = isQuick ? all * QUICK_PART : all;
    const sides = [SOTTO, NONE, ...peers].map((side) => [side, () => sample({ side, dist, events })]);
    const rounds = await measureRounds(isQuick ? 1 : 3, Object.fromEntries(sides));
    const inWords = `${events.toLocaleString('en-US')} events`;
    const figure = (words, value, goals) =>
      toFigure(
        { name: `${inWords}, ${words}`, unit: 'MB', goals },
        eachValue(rounds, (outcome) => outcome[value] / MEGABYTE),
      );
    const beside = { of: 'difference', to: NONE };
    yield figure('heap in use after a collection', 'heldHeapBytes', [...heapGoals, beside]);
    yield figure('heap in use at its highest', 'peakHeapBytes', [beside]);
    yield figure('memory of the process at its highest', 'peakRssBytes', [beside]);
    outcomes.push(...rounds.map((round) => ({ events, ...round[SOTTO] })));
  }
  yield* toAccount(outcomes);
}

const sample = async (args) =>
  (await runProgram('memory.mjs', [args], { nodeOptions: ['--expose-gc'] })).result;

/** What became of the events, of all sizes together. */
function* toAccount(outcomes) {
  const peakStateBytes = Math.max(...outcomes.map((outcome) => outcome.peakStateBytes));
  yield toFigure({ name: 'state directory at most', unit: 'MB', goals: [DISK_LIMIT] }, [
    { [SOTTO]: peakStateBytes / MEGABYTE },
  ]);
  yield toFigure({ name: 'neither on disk nor counted as lost', unit: 'events', goals: [NOTHING] }, [
    { [SOTTO]: sum(outcomes.map((outcome) => Math.abs(unaccounted(outcome)))) },
  ]);
  yield toFigure({ name: 'counted twice, or not at all, by status()', unit: 'events', goals: [NOTHING] }, [
    { [SOTTO]: sum(outcomes.flatMap(({ during, after }) => [miscounted(during), miscounted(after)])) },
  ]);
}

/** What a later program will find is what this one left: counted by the files themselves. */
const unaccounted = ({ events, after: { sent, dropped }, waiting }) =>
  events - sent - waiting - sum(Object.values(dropped));

const miscounted = ({ recorded, sent, pending, left, dropped }) =>
  Math.abs(recorded - sent - pending - left - sum(Object.values(dropped)));

const sum = (values) => values.reduce((total, value) => total + value, 0);

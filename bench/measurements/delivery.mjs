import { ratioAtLeast, ratioTo, SOTTO, toFigure, valueAtMost } from '../lib/figure.mjs';
import { runProgram } from '../lib/program.mjs';
import { eachValue, measureRounds, sumOfRounds } from '../lib/rounds.mjs';

const BATCH_SIZE = 500;
const QUEUE_SIZE = 100_000;
const POSTHOG = 'posthog-node';
const RAW = 'raw batched POSTs';

/**
 * What each side needs besides: flushes where those make it faster, an id where the library gives none, and a tenth of the events for
 * one that makes a request for each.
 */
const SIDES = {
  [SOTTO]: {},
  [POSTHOG]: { flushesEachBatch: true },
  '@automagik/telemetry': { flushesEachBatch: true, part: 0.1 },
  '@segment/analytics-node': {},
  'OpenTelemetry logs': { namesEvents: true },
  [RAW]: { side: 'raw' },
};

/** A burst of 50,000 events to a local server: how fast, and whether all of them arrive, each of them once. */
export async function* measureDelivery({ dist, isQuick }) {
  const events = isQuick ? 5_000 : 50_000;
  const sides = Object.entries(SIDES).map(([side, { part = 1, ...own }]) => [
    side,
    () => sample({ side, dist, events: events * part, batchSize: BATCH_SIZE, queueSize: QUEUE_SIZE, ...own }),
  ]);
  const rounds = await measureRounds(isQuick ? 1 : 6, Object.fromEntries(sides));
  const inWords = events.toLocaleString('en-US');

  yield toFigure(
    {
      name: `${inWords} at once, acknowledged`,
      unit: 'events/s',
      goals: [ratioAtLeast(0.9, POSTHOG), ratioTo(RAW)],
    },
    eachValue(rounds, ({ offered, durationMs }) => (offered / durationMs) * 1_000),
  );
  yield toFigure(
    {
      name: `${inWords} at once, each until the last capture returned`,
      unit: 'µs',
      goals: [ratioTo(POSTHOG)],
    },
    eachValue(rounds, ({ offered, capturedMs }) => (capturedMs / offered) * 1_000),
  );
  const nothing = [valueAtMost(0)];
  yield toFigure(
    {
      name: `not delivered, of ${(events * rounds.length).toLocaleString('en-US')}`,
      unit: 'events',
      goals: nothing,
    },
    sumOfRounds(eachValue(rounds, ({ offered, distinct }) => offered - distinct)),
  );
  yield toFigure(
    { name: 'delivered more than once', unit: 'events', goals: nothing },
    sumOfRounds(eachValue(rounds, ({ events: arrived, distinct }) => arrived - distinct)),
  );
}

async function sample(args) {
  const { result } = await runProgram('delivery.mjs', [args]);
  return { offered: args.events, ...result };
}

import {
  aheadOf,
  differenceAtMost,
  ratioAtMost,
  ratioTo,
  SOTTO,
  toFigure,
  valueAtMost,
} from '../lib/figure.mjs';
import { runProgram } from '../lib/program.mjs';
import { eachValue, measureRounds, pickSides } from '../lib/rounds.mjs';
import { ANALYTICS_PEERS, PEERS } from '../subject/peers.mjs';
import { NONE } from '../subject/sides.mjs';

const PRINTING = 'JSON.stringify';

const GOALS = [ratioAtMost(2, PRINTING), ...aheadOf(ANALYTICS_PEERS), ratioTo('OpenTelemetry logs')];

/** Each is a side of the program. The limits are those of typed events whose hashes are known. */
const SPELLINGS = {
  builders: { words: 'builders, capture()', goals: GOALS },
  'builders, create()': { words: 'builders, create() and capture()', goals: GOALS },
  'decorated, create()': { words: 'decorated class, create() and capture()', goals: GOALS },
  'zod, create()': { words: 'schemas of zod, create() and capture()', goals: GOALS },
  untyped: {
    words: 'untyped, capture(name, properties)',
    goals: [ratioTo(PRINTING), ...aheadOf(ANALYTICS_PEERS)],
  },
  'new hashes': { words: 'builders, capture(), each hash of a new value', goals: [ratioTo(PRINTING)] },
};

const OFF_NS = 100;
const LOOP_DELAY_MS = 5;

/** What recording costs the caller: the same fifteen properties on all sides. */
export async function* measureCapture(options) {
  yield* measureEnabled(options);
  yield* measureDisabled(options);
  yield* measureLoopDelay(options);
}

async function* measureEnabled({ dist, isQuick }) {
  const sizes = isQuick ? { warmUpRounds: 2, rounds: 3 } : { warmUpRounds: 12, rounds: 40 };
  const measure = async (drain) => {
    const { result } = await runProgram('capture.mjs', [{ dist, drain, ...sizes }], {
      nodeOptions: ['--expose-gc'],
    });
    return eachValue(result, (ns) => ns / 1_000);
  };
  const figure = (rounds, side, { name, goals }) =>
    toFigure({ name, unit: 'µs', goals }, pickSides(rounds, besidePeers(side, { [PRINTING]: PRINTING })));

  const burst = await measure('burst');
  for (const [side, { words, goals }] of Object.entries(SPELLINGS))
    yield figure(burst, side, { name: `${words}, in a burst`, goals });
  const single = await measure('single');
  const { words } = SPELLINGS.builders;
  yield figure(single, 'builders', { name: `${words}, one by one`, goals: [ratioTo(PRINTING)] });
}

async function* measureDisabled({ dist, isQuick }) {
  const args = { dist, rounds: isQuick ? 5 : 40 };
  const { result } = await runProgram('disabled.mjs', [args], { nodeOptions: ['--expose-gc'] });
  for (const side of ['typed', 'untyped']) {
    yield toFigure(
      { name: `disabled, ${side}`, unit: 'ns', goals: [valueAtMost(OFF_NS)] },
      pickSides(result, besidePeers(side)),
    );
  }
}

const besidePeers = (side, others) => ({
  [SOTTO]: side,
  ...others,
  ...Object.fromEntries(PEERS.map((peer) => [peer, peer])),
});

async function* measureLoopDelay({ dist, isQuick }) {
  const pace = isQuick
    ? { eventsPerSecond: 100, durationMs: 1_000 }
    : { eventsPerSecond: 1_000, durationMs: 5_000 };
  const sides = [SOTTO, NONE, ...PEERS].map((side) => [side, () => sampleLoop({ side, dist, ...pace })]);
  const rounds = await measureRounds(isQuick ? 1 : 5, Object.fromEntries(sides));
  const name = `event loop at ${pace.eventsPerSecond.toLocaleString('en-US')} events a second`;
  yield toFigure(
    {
      name: `${name}, 99th percentile of its delay`,
      unit: 'ms',
      goals: [differenceAtMost(LOOP_DELAY_MS, NONE)],
    },
    eachValue(rounds, ({ p99Ms }) => p99Ms),
  );
  yield toFigure(
    { name: `${name}, its longest delay`, unit: 'ms', goals: [{ of: 'difference', to: NONE }] },
    eachValue(rounds, ({ longestMs }) => longestMs),
  );
}

/** Sotto that cannot keep up, or loses events, would be measured at another pace than is said. */
async function sampleLoop(args) {
  const { result } = await runProgram('loop.mjs', [args]);
  const { made, pending, arrived } = result;
  const isAll = made >= (args.eventsPerSecond * args.durationMs) / 1_000;
  const isWhole = args.side !== SOTTO || (arrived === made && pending <= args.eventsPerSecond);
  if (!isAll || !isWhole)
    throw new Error(`Not what was to be measured: ${JSON.stringify({ ...args, ...result })}`);
  return result;
}

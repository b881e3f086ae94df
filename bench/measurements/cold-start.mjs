import { aheadOf, differenceAtMost, SOTTO, toFigure } from '../lib/figure.mjs';
import { runProgram } from '../lib/program.mjs';
import { eachValue, measureRounds } from '../lib/rounds.mjs';
import { PEERS } from '../subject/peers.mjs';

const LIMIT_MS = 15;
const EMPTY = 'an empty process';
const ZOD = 'import of zod alone';

const VARIANTS = [
  { name: 'import', step: 'import' },
  {
    name: 'import and create, enabled',
    step: 'create',
    spelling: 'builders',
    enabled: true,
    goals: [differenceAtMost(LIMIT_MS, EMPTY), ...aheadOf(PEERS)],
  },
  { name: 'import and create, disabled', step: 'create', spelling: 'builders', enabled: false },
];

const ZOD_VARIANT = { step: 'create', spelling: 'zod', enabled: true };

/** The whole life of a process that starts a client: ours with three declared events. */
export async function* measureColdStart({ dist, isQuick }) {
  const sizes = isQuick ? { rounds: 1, startsPerSample: 1 } : { rounds: 12, startsPerSample: 3 };
  for (const { name, goals, ...variant } of VARIANTS) {
    const measured = await measureSides(sizes, {
      [SOTTO]: { side: SOTTO, dist, ...variant },
      [EMPTY]: { side: 'empty' },
      ...Object.fromEntries(PEERS.map((side) => [side, { side, ...variant }])),
    });
    yield* toFigures(name, goals, measured);
  }
  const withZod = await measureSides(sizes, {
    [SOTTO]: { side: SOTTO, dist, ...ZOD_VARIANT },
    [ZOD]: { side: 'zod' },
    [EMPTY]: { side: 'empty' },
  });
  yield* toFigures('import and create, enabled, schemas of zod', [differenceAtMost(LIMIT_MS, ZOD)], withZod);
}

function* toFigures(name, goals, rounds) {
  const beside = { of: 'difference', to: EMPTY };
  yield toFigure(
    { name: `${name}, wall`, unit: 'ms', goals: goals ?? [beside] },
    eachValue(rounds, ({ wallMs }) => wallMs),
  );
  yield toFigure(
    { name: `${name}, processor`, unit: 'ms', goals: [beside] },
    eachValue(rounds, ({ cpuMs }) => cpuMs),
  );
  yield toFigure(
    { name: `${name}, memory`, unit: 'MB', goals: [beside] },
    eachValue(rounds, ({ rssBytes }) => rssBytes / 1e6),
  );
}

/** The first round only fills the disk's cache. */
async function measureSides({ rounds, startsPerSample }, argsBySide) {
  const sides = Object.entries(argsBySide).map(([name, args]) => [name, () => sample(args, startsPerSample)]);
  return (await measureRounds(rounds + 1, Object.fromEntries(sides))).slice(1);
}

/** Waiting for other programs can only make a start slower, so the fastest of a few says most about the start itself. */
async function sample(args, count) {
  const starts = [];
  for (let start = 0; start < count; start += 1) {
    const { result, wallMs } = await runProgram('start.mjs', [args]);
    starts.push({ ...result, wallMs });
  }
  const least = (value) => Math.min(...starts.map((start) => start[value]));
  return { wallMs: least('wallMs'), cpuMs: least('cpuMs'), rssBytes: least('rssBytes') };
}

import { runProgram } from '../lib/program.mjs';
import { summarize, summarizePairs } from '../lib/statistics.mjs';

const LIMIT = { of: 'ratio', atMost: 1 / 3 };

const VARIANTS = [
  { name: 'builders, on', spelling: 'builders', isEnabled: true },
  { name: 'builders, off', spelling: 'builders', isEnabled: false },
  {
    name: 'builders, on, with the first capture',
    spelling: 'builders',
    isEnabled: true,
    isCapturing: true,
    isInformation: true,
  },
  { name: 'zod schemas, zod not counted, on', spelling: 'zod', isEnabled: true, isZodLoaded: true },
  { name: 'zod schemas, zod counted, on', spelling: 'zod', isEnabled: true, isInformation: true },
];

const SIDES = ['ours', 'theirs', 'none'];

/** Waiting for other programs can only make a start slower, so the fastest of a few says most about the start itself. */
const STARTS_PER_SAMPLE = 3;

/**
 * Import, three declared events and a client, beside importing posthog-node and creating its client: as the process itself
 * sees it, and as the whole life of a process less that of one that does neither.
 */
export async function* measureStart({ dist, isQuick }) {
  for (const { name, isInformation, ...variant } of VARIANTS) {
    const rounds = await measureRounds({ dist, ...variant }, isQuick ? 5 : 12);
    const limit = !isInformation && { limit: LIMIT };
    const row = (words, value) => ({ subject: `${name}, ${words}`, unit: 'ms', ...compare(rounds, value) });
    yield { ...row('in process', 'durationMs'), ...limit };
    yield { ...row('whole process', 'wallMs'), ...limit };
    yield row('processor time', 'cpuMs');
  }
}

/** `none` is what any process takes and is nobody's: its median is subtracted from both. */
function compare(rounds, value) {
  const nobodys = value === 'durationMs' ? 0 : summarize(rounds.map(({ none }) => none[value])).median;
  return summarizePairs(
    rounds.map(({ ours, theirs }) => ({ ours: ours[value] - nobodys, theirs: theirs[value] - nobodys })),
  );
}

/** Each round takes a sample of every side, another one first each time. The first round only fills the disk's cache. */
async function measureRounds(variant, count) {
  const rounds = [];
  for (let round = 0; round <= count; round += 1) {
    const outcome = {};
    for (const offset of SIDES.keys()) {
      const side = SIDES[(round + offset) % SIDES.length];
      outcome[side] = await sample({ side, ...variant });
    }
    rounds.push(outcome);
  }
  return rounds.slice(1);
}

async function sample(args) {
  const starts = [];
  for (let start = 0; start < STARTS_PER_SAMPLE; start += 1) {
    const { result, wallMs } = await runProgram('start.mjs', [args]);
    starts.push({ ...result, wallMs });
  }
  const fastest = (value) => Math.min(...starts.map((start) => start[value]));
  return { durationMs: fastest('durationMs'), wallMs: fastest('wallMs'), cpuMs: fastest('cpuMs') };
}

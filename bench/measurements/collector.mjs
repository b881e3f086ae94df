import { compileDatabase } from '../lib/compile-database.mjs';
import { ratioTo, SOTTO, toFigure, valueAtMost } from '../lib/figure.mjs';
import { POSTGRES_URL } from '../lib/postgres.mjs';
import { runProgram } from '../lib/program.mjs';
import { summarize } from '../lib/statistics.mjs';

const SIZES = [10_000, 100_000, 1_000_000, 10_000_000];
const QUICK_SIZES = SIZES.slice(0, 2);

const COUNT = 'a bare count';

/** Each is a query of the program, with what it may cost of the largest table. */
const QUERIES = {
  heartbeat: { words: 'heartbeat', goals: [valueAtMost(1_000)] },
  daily: { words: 'daily report', goals: [valueAtMost(5_000)] },
  next: { words: 'both, as they are shown before', goals: [] },
};

/** What reports cost in PostgreSQL beside the plainest look at the same day, and how they grow with the table. */
export async function* measureCollector({ isQuick }) {
  const database = await compileDatabase();
  const sizes = isQuick ? QUICK_SIZES : SIZES;
  const measured = new Map();
  for (const runs of sizes) {
    const args = { database, serverUrl: POSTGRES_URL, runs, rounds: isQuick ? 3 : 10 };
    const { result } = await runProgram('collector.mjs', [args]);
    measured.set(runs, result);
    for (const [query, { words, goals }] of Object.entries(QUERIES)) {
      const limits = runs === SIZES.at(-1) ? goals : [];
      const name = `${words}, of ${runs.toLocaleString('en-US')} runs`;
      yield toFigure({ name, unit: 'ms', goals: [...limits, ratioTo(COUNT)] }, result[query]);
    }
  }
  for (const [query, { words }] of Object.entries(QUERIES))
    yield toGrowth(words, sizes, (runs) => measured.get(runs)[query]);
}

/** How many times as long the largest table takes as the smallest. */
function toGrowth(words, sizes, roundsOf) {
  const [smallest, largest] = [sizes[0], sizes.at(-1)];
  const growthOf = (side) => {
    const medianOf = (runs) => summarize(roundsOf(runs).map((round) => round[side])).median;
    return medianOf(largest) / medianOf(smallest);
  };
  const name = `${words}, growth when the table is ${(largest / smallest).toLocaleString('en-US')} times as large`;
  return toFigure({ name, unit: 'times', goals: [ratioTo(COUNT)] }, [
    { [SOTTO]: growthOf(SOTTO), [COUNT]: growthOf(COUNT) },
  ]);
}

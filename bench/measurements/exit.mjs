import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { differenceAtMost, SOTTO, toFigure } from '../lib/figure.mjs';
import { killFlushers } from '../lib/flushers.mjs';
import { runProgram } from '../lib/program.mjs';
import { measureRounds } from '../lib/rounds.mjs';
import { findNoServer, startHangingServer, startServer } from '../lib/servers.mjs';
import { PEERS } from '../subject/peers.mjs';
import { NONE } from '../subject/sides.mjs';

const GOALS = [differenceAtMost(15, NONE)];

const OURS = [SOTTO, NONE];

const SERVERS = { up: startServer, refused: findNoServer, hanging: startHangingServer };

/**
 * What one event costs a command-line tool at its end, beside the same tool without telemetry: from its last line until the
 * parent hears of its end. Each sample is a first run in an empty home; ours starts a flusher, which is killed before the next.
 */
export async function* measureExit({ dist, isQuick }) {
  const sizes = isQuick
    ? { rounds: 4, peerRounds: 1, cutoffMs: 5_000 }
    : { rounds: 40, peerRounds: 3, cutoffMs: 30_000 };
  for (const [state, start] of Object.entries(SERVERS)) {
    const server = await start();
    try {
      const place = { state, dist, host: server.host };
      const ended = await (state === 'up' ? measureTogether : measureWithWaiting)(
        { ...place, ending: 'shutdown' },
        sizes,
      );
      yield toFigure({ name: `server ${state}, the library's shutdown`, unit: 'ms', goals: GOALS }, ended);
      const natural = await measureSides(OURS, { ...place, ending: 'natural' }, sizes);
      yield toFigure({ name: `server ${state}, the end of the file`, unit: 'ms', goals: GOALS }, natural);
    } finally {
      server.close();
    }
  }
}

const measureTogether = (place, sizes) => measureSides([...OURS, ...PEERS], place, sizes);

/** Peers that wait for many seconds do so at the same time, and in fewer rounds. */
async function measureWithWaiting(place, { peerRounds, cutoffMs, ...sizes }) {
  const rounds = await measureSides(OURS, place, sizes);
  const sampleAll = async () => {
    const sample = async (side) => [side, await sampleTool({ side, ...place }, cutoffMs)];
    return Object.fromEntries(await Promise.all(PEERS.map(sample)));
  };
  const peers = await measureRounds(peerRounds, { all: sampleAll });
  return rounds.map((round, index) => ({ ...round, ...peers[index]?.all }));
}

/** The first round only fills the disk's cache. */
async function measureSides(names, place, { rounds }) {
  const sides = names.map((side) => [side, () => sampleTool({ side, ...place })]);
  return (await measureRounds(rounds + 1, Object.fromEntries(sides))).slice(1);
}

async function sampleTool({ state, ...args }, cutoffMs) {
  let flushers = 0;
  const run = await runProgram('exit.mjs', [args], {
    env: { ACME_TELEMETRY_ENABLED: 'true' },
    cutoffMs,
    afterwards: async (home) => {
      flushers = await killFlushers(join(realpathSync(home), 'state'));
    },
  });
  // Where a server answers or refuses, a flusher may have ended before it is looked for.
  const expected = args.side === SOTTO ? 1 : 0;
  if (state === 'hanging' && flushers !== expected)
    throw new Error(`The tool (${args.side}) started ${flushers} flushers.`);
  return Number(run.endedNs - BigInt(run.result.lastLineNs)) / 1e6;
}

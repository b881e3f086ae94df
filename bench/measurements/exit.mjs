import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { alternate } from '../lib/alternate.mjs';
import { killFlushers } from '../lib/flushers.mjs';
import { startHangingServer } from '../lib/hanging-server.mjs';
import { runProgram } from '../lib/program.mjs';
import { summarizeDifferences } from '../lib/statistics.mjs';

const LIMIT = { of: 'difference', atMost: 15 };

const VARIANTS = [
  { name: 'the end of the file', ending: 'natural' },
  { name: 'await shutdown()', ending: 'shutdown' },
];

/**
 * What one event costs a command-line tool at its end while the server hangs, beside the same tool without telemetry: from its last
 * line until the parent hears of its end. Each sample is a first run in an empty home and starts a flusher, which is killed
 * before the next one.
 */
export async function* measureExit({ dist, isQuick }) {
  const server = await startHangingServer();
  try {
    for (const { name, ending } of VARIANTS) {
      const run = (side) => () => sample({ side, dist, host: server.host, ending });
      const sides = { ours: run('ours'), theirs: run('none') };
      // The first pair only fills the disk's cache.
      await alternate(1, sides);
      const pairs = await alternate(isQuick ? 6 : 40, sides);
      const row = (words, value) => ({
        subject: `${name}, ${words}`,
        unit: 'ms',
        ...summarizeDifferences(
          pairs.map(({ ours, theirs }) => ({ ours: ours[value], theirs: theirs[value] })),
        ),
      });
      yield { ...row('from the last line on', 'endMs'), limit: LIMIT };
      yield row('whole process', 'wallMs');
    }
  } finally {
    server.close();
  }
}

async function sample(args) {
  let flushers = 0;
  const { result, wallMs, endedNs } = await runProgram('exit.mjs', [args], {
    env: { ACME_TELEMETRY_ENABLED: 'true' },
    afterwards: async (home) => {
      flushers = await killFlushers(join(realpathSync(home), 'state'));
    },
  });
  const expected = args.side === 'ours' ? 1 : 0;
  if (flushers !== expected) throw new Error(`The tool (${args.side}) started ${flushers} flushers.`);
  return { endMs: Number(endedNs - BigInt(result.lastLineNs)) / 1e6, wallMs };
}

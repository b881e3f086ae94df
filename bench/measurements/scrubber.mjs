import { runProgram } from '../lib/program.mjs';
import { summarize, summarizePairs } from '../lib/statistics.mjs';

const WORST_MS = 100;

/** How fast the scrubber reads, beside redact-pii where that is installed, and what its worst input of a megabyte takes. */
export async function* measureScrubber({ dist, isQuick }) {
  const { result } = await runProgram('scrubbing.mjs', [{ dist, samples: isQuick ? 5 : 40 }]);
  const pairs = { 'lines of a log, one by one': result.short, 'a log of 1 MB at once': result.log };
  for (const [subject, values] of Object.entries(pairs)) {
    const isCompared = values.every(({ theirs }) => theirs !== undefined);
    yield {
      subject,
      unit: 'MB/s',
      ...(isCompared ? summarizePairs(values) : { ours: summarize(values.map(({ ours }) => ours)) }),
    };
  }
  yield {
    subject: `worst of the inputs of 1 MB, ${JSON.stringify(result.worst.unit)} over and over`,
    unit: 'ms',
    ours: summarize([result.worst.ms]),
    limit: { of: 'ours', atMost: WORST_MS },
  };
}

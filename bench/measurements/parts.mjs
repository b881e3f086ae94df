import { runProgram } from '../lib/program.mjs';
import { summarize, summarizePairs } from '../lib/statistics.mjs';

/** The small parts that many calls go through, most of them for information. */
export async function* measureParts({ dist, isQuick }) {
  const args = { dist, samples: isQuick ? 10 : 40 };
  const run = async (name) => (await runProgram(name, [args])).result;

  const disabled = await run('disabled.mjs');
  const offLimit = { limit: { of: 'ours', atMost: 100 } };
  yield { subject: 'off, capture(event)', unit: 'ns', ours: summarize(disabled.typed), ...offLimit };
  yield {
    subject: 'off, capture(name, properties)',
    unit: 'ns',
    ours: summarize(disabled.untyped),
    ...offLimit,
  };

  const { seen, unseen } = await run('hash.mjs');
  const seenLimit = { limit: { of: 'ours', atMost: 500 } };
  yield { subject: 'hash of a value seen before', unit: 'ns', ours: summarize(seen), ...seenLimit };
  yield { subject: 'hash of a new value', unit: 'ns', ours: summarize(unseen) };

  for (const [name, pairs] of Object.entries(await run('serializer.mjs'))) {
    yield { subject: `serializing ${name}, beside JSON.stringify`, unit: 'ns', ...summarizePairs(pairs) };
  }
  for (const [name, values] of Object.entries(await run('scrubber.mjs'))) {
    yield { subject: `scrubber, ${name} short texts`, unit: 'MB/s', ours: summarize(values) };
  }
}

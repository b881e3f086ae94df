import { runProgram } from '../lib/program.mjs';
import { summarizePairs } from '../lib/statistics.mjs';

const LIMIT = { of: 'ratio', atMost: 0.5 };

const VARIANTS = [
  { name: 'builders, capture()', spelling: 'builders', step: 'capture' },
  { name: 'builders, create() + capture()', spelling: 'builders', step: 'createAndCapture' },
  { name: 'decorated class, create() + capture()', spelling: 'decorated', step: 'createAndCapture' },
  { name: 'zod schemas, capture()', spelling: 'zod', step: 'capture' },
  { name: 'zod schemas, create() + capture()', spelling: 'zod', step: 'createAndCapture' },
  { name: 'untyped, capture(name, properties)', step: 'untyped' },
  {
    name: 'builders, capture(), each hash of a new value',
    spelling: 'builders',
    step: 'capture',
    repositories: 'new',
    isInformation: true,
  },
];

const DRAINS = { burst: 'in a row', single: 'one by one' };

/** How long capturing the same fifteen properties keeps the caller from going on, beside posthog-node's `capture()`. */
export async function* measureCapture({ dist, isQuick }) {
  for (const { name, isInformation, ...variant } of VARIANTS) {
    for (const [drain, words] of Object.entries(DRAINS)) {
      const args = { dist, ...variant, drain, pairs: isQuick ? 10 : 40 };
      const { result } = await runProgram('capture.mjs', [args], { nodeOptions: ['--expose-gc'] });
      const pairs = result.map(({ ours, theirs }) => ({ ours: ours / 1_000, theirs: theirs / 1_000 }));
      yield {
        subject: `${name}, ${words}`,
        unit: 'µs',
        ...summarizePairs(pairs),
        ...(!isInformation && { limit: LIMIT }),
      };
    }
  }
}

import { ratioTo, SOTTO, toFigure, valueAtMost } from '../lib/figure.mjs';
import { runProgram } from '../lib/program.mjs';

const WORST_MS = 100;
const LIBRARY = 'redact-pii';

/** Each is a set of texts of the program. */
const TEXTS = {
  harmless: 'short texts with nothing to take out',
  telling: 'short texts with something to take out',
  lines: 'lines of a log, one by one',
  log: 'a log of 1 MB at once',
};

/** How fast the scrubber reads, and what its worst input of a megabyte takes. */
export async function* measureScrubber({ dist, isQuick }) {
  const { result } = await runProgram('scrubbing.mjs', [{ dist, rounds: isQuick ? 3 : 40 }]);
  for (const [texts, words] of Object.entries(TEXTS))
    yield toFigure({ name: words, unit: 'MB/s', goals: [ratioTo(LIBRARY)] }, result[texts]);
  const { unit, ms } = result.worst;
  const name = `worst of the inputs of 1 MB, ${JSON.stringify(unit)} over and over`;
  yield toFigure({ name, unit: 'ms', goals: [valueAtMost(WORST_MS)] }, [{ [SOTTO]: ms }]);
}

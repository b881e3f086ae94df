import { ratioAtMost, ratioTo, toFigure } from '../lib/figure.mjs';
import { runProgram } from '../lib/program.mjs';

const PRINTING = 'JSON.stringify';

/** Each is a model of the program. */
const MODELS = {
  flat: { words: 'flat, 15 fields', goals: [ratioAtMost(2, PRINTING), ratioTo('zod parse')] },
  nested: { words: 'nested, 10 objects of 15 fields', goals: [ratioTo(PRINTING), ratioTo('zod parse')] },
  large: { words: 'large, 1,000 objects of 15 fields', goals: [ratioTo(PRINTING), ratioTo('zod parse')] },
};

/** From an object to what may leave of it. */
export async function* measureSerialization({ dist, isQuick }) {
  const { result } = await runProgram('serializer.mjs', [{ dist, rounds: isQuick ? 5 : 40 }]);
  for (const [model, { words, goals }] of Object.entries(MODELS))
    yield toFigure({ name: words, unit: 'ns', goals }, result[model]);
}

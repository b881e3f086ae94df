import { ratioTo, toFigure, valueAtMost } from '../lib/figure.mjs';
import { runProgram } from '../lib/program.mjs';

const SEEN_NS = 500;
const NODES_OWN = 'HMAC-SHA256';

/** The keyed hash of a short text. */
export async function* measureHashing({ isQuick }) {
  const { result } = await runProgram('hash.mjs', [{ rounds: isQuick ? 5 : 40 }]);
  const goals = [valueAtMost(SEEN_NS), ratioTo(NODES_OWN)];
  yield toFigure({ name: 'a value seen before', unit: 'ns', goals }, result.seen);
  yield toFigure({ name: 'a new value', unit: 'ns', goals: [ratioTo(NODES_OWN)] }, result.unseen);
}

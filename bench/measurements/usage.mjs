import { ratioAtMost, toFigure } from '../lib/figure.mjs';
import { runProgram } from '../lib/program.mjs';

/** What counting a feature costs: in process beside an append of such a line, over HTTP beside an empty route of the same server. */
export async function* measureUsage({ dist, isQuick }) {
  const { result } = await runProgram('usage.mjs', [{ dist, rounds: isQuick ? 5 : 40, calls: 200 }]);
  const inProcess = { name: 'recordFeature()', unit: 'µs', goals: [ratioAtMost(10, 'an append')] };
  yield toFigure(inProcess, result.inProcess);
  const overHttp = { name: 'POST /features', unit: 'µs', goals: [ratioAtMost(12, 'an empty route')] };
  yield toFigure(overHttp, result.overHttp);
}

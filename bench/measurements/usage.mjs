import { runProgram } from '../lib/program.mjs';
import { summarizePairs } from '../lib/statistics.mjs';

/** What counting a feature costs: in process beside an append of such a line, over HTTP beside an empty route of the same server. */
export async function* measureUsage({ dist, isQuick }) {
  const { result } = await runProgram('usage.mjs', [{ dist, pairs: isQuick ? 5 : 40, calls: 200 }]);
  yield {
    subject: 'recordFeature(), beside an append',
    unit: 'µs',
    ...summarizePairs(result.inProcess),
    limit: { of: 'ratio', atMost: 10 },
  };
  yield {
    subject: 'POST /features, beside an empty route',
    unit: 'µs',
    ...summarizePairs(result.overHttp),
    limit: { of: 'ratio', atMost: 12 },
  };
}

import { alternate } from '../lib/alternate.mjs';
import { runProgram } from '../lib/program.mjs';
import { summarizePairs } from '../lib/statistics.mjs';

/** What an organisation's switch costs beside a look at its database, and what a person's own page holds beside an empty server. */
export async function* measureServices({ dist, isQuick }) {
  const { result } = await runProgram('services.mjs', [{ dist, pairs: isQuick ? 5 : 30, calls: 50 }]);
  const row = (subject, pairs, atMost) => ({
    subject,
    unit: 'µs',
    ...summarizePairs(pairs),
    limit: { of: 'ratio', atMost },
  });
  yield row("an organisation's setting, read", result.read, 5);
  yield row("an organisation's setting, changed", result.change, 20);

  const hold = async (isOurs) => (await runProgram('page.mjs', [{ dist, isOurs }])).result;
  const held = await alternate(isQuick ? 3 : 10, { ours: () => hold(true), theirs: () => hold(false) });
  yield {
    subject: "a person's own page, held at most",
    unit: 'MB',
    ...summarizePairs(held),
    limit: { of: 'ratio', atMost: 2 },
  };
}

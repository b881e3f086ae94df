import { ratioAtMost, SOTTO, toFigure } from '../lib/figure.mjs';
import { runProgram } from '../lib/program.mjs';
import { measureRounds } from '../lib/rounds.mjs';

const LOOK = 'a look at the database';
const EMPTY = 'an empty route';

/** What an organisation's switch costs beside a look at its database, and what a person's own page holds beside an empty server. */
export async function* measureServices({ dist, isQuick }) {
  const { result } = await runProgram('services.mjs', [{ dist, rounds: isQuick ? 5 : 30, calls: 50 }]);
  const setting = (words, atMost) => ({
    name: `an organisation's setting, ${words}`,
    unit: 'µs',
    goals: [ratioAtMost(atMost, LOOK)],
  });
  yield toFigure(setting('read', 5), result.read);
  yield toFigure(setting('changed', 20), result.change);

  const hold = async (isOurs) => (await runProgram('page.mjs', [{ dist, isOurs }])).result;
  const held = await measureRounds(isQuick ? 3 : 10, {
    [SOTTO]: () => hold(true),
    [EMPTY]: () => hold(false),
  });
  yield toFigure(
    { name: "a person's own page, held at most", unit: 'MB', goals: [ratioAtMost(2, EMPTY)] },
    held,
  );
}

/** What a call costs where telemetry is off, with all that it leaves to do. Prints nanoseconds per call. */
import { finish, programArguments } from '../lib/child.mjs';
import { measureRounds } from '../lib/rounds.mjs';
import { summarize } from '../lib/statistics.mjs';
import { eventClass } from '../subject/event-class.mjs';
import { createFields } from '../subject/fields.mjs';
import { openPeer, PEERS } from '../subject/peers.mjs';
import { createService } from '../subject/sotto.mjs';

const WARM_UP_ROUNDS = 5;
/** Enough for a clock of whole nanoseconds, and not too many for what leaves something behind. */
const CALLS = 20_000;

const [{ dist, rounds }] = programArguments();
const sotto = await import(dist);
const Event = await eventClass('builders', sotto);
const client = createService(sotto, { enabled: false });
const event = Event.create(createFields(0));
const fields = createFields(0);

/** No full collection: see `capture.mjs`. */
const side = (call) => async () => {
  globalThis.gc({ type: 'minor' });
  const started = process.hrtime.bigint();
  for (let index = 0; index < CALLS; index += 1) call();
  await new Promise((resolve) => setImmediate(resolve));
  return Number(process.hrtime.bigint() - started) / CALLS;
};

const IDLE = 'idle';
const sides = {
  typed: side(() => client.capture(event)),
  untyped: side(() => client.capture('code_search', fields)),
  [IDLE]: side(() => {}),
};
for (const name of PEERS) {
  const peer = await openPeer(name, { enabled: false });
  sides[name] = side(() => peer.capture(fields));
}

await measureRounds(WARM_UP_ROUNDS, sides);
const measured = await measureRounds(rounds, sides);
const idleNs = summarize(measured.map((round) => round[IDLE])).median;
finish(
  measured.map(({ [IDLE]: _, ...round }) =>
    Object.fromEntries(Object.entries(round).map(([name, ns]) => [name, ns - idleNs])),
  ),
);

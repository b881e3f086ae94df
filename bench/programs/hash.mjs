/** What a keyed hash costs: of a value that was hashed before, and of one that never was, beside Node's own HMAC. */
import { createHmac } from 'node:crypto';
import { createKeyedHash } from '../.build/keyed-hash.js';
import { finish, programArguments } from '../lib/child.mjs';
import { SOTTO } from '../lib/figure.mjs';
import { measureWarmRounds } from '../lib/rounds.mjs';
import { timeCalls } from '../lib/time-calls.mjs';

const [{ rounds }] = programArguments();
const secret = new Uint8Array(32).fill(7);
const hash = createKeyedHash(secret);
const seen = Array.from({ length: 100 }, (_, index) => `github.com/acme/project-${index}`);
let made = 0;
const nextNew = () => {
  made += 1;
  return `github.com/acme/new-${made}`;
};

const hmac = (value) => createHmac('sha256', secret).update(value).digest('hex');

finish({
  seen: await measureWarmRounds(rounds, {
    [SOTTO]: timeCalls(100_000, (index) => hash(seen[index % seen.length], 'repository')),
    'HMAC-SHA256': timeCalls(5_000, (index) => hmac(seen[index % seen.length])),
  }),
  unseen: await measureWarmRounds(rounds, {
    [SOTTO]: timeCalls(5_000, () => hash(nextNew(), 'repository')),
    'HMAC-SHA256': timeCalls(5_000, () => hmac(nextNew())),
  }),
});

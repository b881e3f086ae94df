/** What a keyed hash costs: of a value that was hashed before, and of one that never was. */
import { createKeyedHash } from '../.build/keyed-hash.js';
import { finish, programArguments } from '../lib/child.mjs';
import { sampleCalls } from '../lib/sample.mjs';

const [{ samples }] = programArguments();
const hash = createKeyedHash(new Uint8Array(32).fill(7));
const seen = Array.from({ length: 100 }, (_, index) => `github.com/acme/project-${index}`);
let made = 0;

finish({
  seen: sampleCalls((index) => hash(seen[index % seen.length], 'repository'), { calls: 100_000, samples }),
  unseen: sampleCalls(
    () => {
      made += 1;
      return hash(`github.com/acme/new-${made}`, 'repository');
    },
    { calls: 5_000, samples },
  ),
});

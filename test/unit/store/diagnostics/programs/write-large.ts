import { randomBytes } from 'node:crypto';
import { type StoreError, writeBundle } from '../../../../../src/store/index.js';

// Writes a bundle of 4 MB that nothing can make smaller, into the state directory that it was given, and prints what came of it.
function* pieces() {
  for (let count = 0; count < 40; count += 1) yield randomBytes(75_000).toString('base64');
}

const [directory = ''] = process.argv.slice(2);
const files = [{ name: 'telemetry.json', pieces: pieces() }] as const;
const outcome = await writeBundle({ app: 'acme', directory, files, retentionDays: 30, now: Date.now }).then(
  () => 'written',
  ({ code, message }: StoreError) => `${code} ${message}`,
);
console.log(outcome);

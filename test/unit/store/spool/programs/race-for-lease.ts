import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomId } from '../../../../../src/internal/index.js';
import { reserveLease, takeLease } from '../../../../../src/store/index.js';

// Says that it is ready, waits for a starting time, and then, once in every few milliseconds, asks for the lease of another
// directory. Prints the names of those it got. Usage: race-for-lease.ts <folder of directories> <number of this process> <directories>
const [folder = '', number = '', rounds = ''] = process.argv.slice(2);
const STEP_MS = 25;
const pause = new Int32Array(new SharedArrayBuffer(4));
const go = join(folder, 'go');
const effects = { now: Date.now, randomToken: randomId };

writeFileSync(join(folder, `ready-${number}`), '');
while (!existsSync(go) || readFileSync(go).length === 0) Atomics.wait(pause, 0, 0, 5);
const startMs = Number(readFileSync(go, 'utf8'));
const got: string[] = [];
for (const [at, name] of rounds.split(',').entries()) {
  Atomics.wait(pause, 0, 0, Math.max(0, startMs + at * STEP_MS - Date.now()));
  const directory = join(folder, name);
  const isGot = Number(number) % 2 === 0 ? reserveLease(directory, effects) : takeLease(directory, effects);
  if (isGot !== undefined) got.push(name);
}
process.stdout.write(JSON.stringify(got));

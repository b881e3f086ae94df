// Records numbered events until it is killed, and prints each number that it has recorded: `node endless.mjs <sync|async> <first>`.
import { writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { createTelemetry } from 'sotto';

const [way, first] = process.argv.slice(2);
const telemetry = createTelemetry({ app: 'acme' });

for (let number = Number(first); ; number += 1) {
  telemetry.capture('step_made', { number });
  writeSync(1, `${number} ${Date.now()}\n`);
  if (way === 'async' && number % 5 === 0) await sleep(2);
}

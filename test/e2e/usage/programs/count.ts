import { writeSync } from 'node:fs';
import { toCounterName } from '../../../../src/privacy/index.js';
import { createUsageLog, type UsageRecord } from '../../../../src/store/index.js';

// Counts a feature, a hook and an event as often as it is told, `forever` until it is killed or reads `stop`, and prints how
// often all three stood on disk after each round. Ends with 1 when they do not.
// Usage: count.ts <state directory> <count | forever> <bytes of a sample>
const [directory = '', count = '0', bytes = '0'] = process.argv.slice(2);
const log = createUsageLog(directory, { now: Date.now });
let isStopped = false;
process.stdin.on('data', () => {
  isStopped = true;
});

function nameOf(text: string) {
  const name = toCounterName(text);
  if (name === undefined) throw new Error(`${text} is no name.`);
  return name;
}

type Payload = Extract<UsageRecord, { kind: 'hook' }>['payload'];
const [feature, variant, category] = [nameOf('export'), nameOf(`process_${process.pid}`), nameOf('custom')];

function countOnce(n: number): boolean {
  const payload = { n, pid: process.pid, text: 'x'.repeat(Number(bytes)) } as object as Payload;
  return [
    log.record({ kind: 'hook', name: feature, payload }),
    log.record({ kind: 'event', name: feature, category, payload }),
    log.record({ kind: 'feature', name: feature, variant }),
  ].every(Boolean);
}

writeSync(1, 'ready\n');
for (let n = 1; !isStopped && (count === 'forever' || n <= Number(count)); n += 1) {
  if (!countOnce(n)) process.exit(1);
  writeSync(1, `${n}\n`);
  if (n % 10 === 0) await new Promise((resolve) => setImmediate(resolve));
}
process.exit();

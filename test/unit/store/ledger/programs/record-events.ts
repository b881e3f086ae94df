import { buildEvent, openTestLedger } from '../support.js';

// Records as many events as it is told, then ends on its own; `forever` until it is killed. The ledger's outcome goes to
// the output. Usage: record-events.ts <state directory> <session id> <count | forever> [bytes of an event]
const [directory = '', session = '', count, bytes = '0'] = process.argv.slice(2);
const ledger = openTestLedger(directory);
const properties = (n: number) => ({ n, text: 'x'.repeat(Number(bytes)) });

for (let n = 0; count === 'forever' || n < Number(count); n += 1) {
  const event = buildEvent(`${session}-${n}`, properties(n), session);
  ledger.record(event, session);
  if (count === 'forever') ledger.flush();
  else if (n % 10 === 0) await new Promise((resolve) => setImmediate(resolve));
}
process.on('exit', () =>
  process.stdout.write(JSON.stringify({ failures: ledger.failures, kept: ledger.flush() })),
);

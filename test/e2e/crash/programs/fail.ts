/**
 * Fails in the way its first argument says. With `watched` as the second one somebody watches, and prints what is told; with
 * `refused`, the watch itself fails.
 */
import { writeSync } from 'node:fs';
import { watchUncaught } from '../../../../src/crash/index.js';

function throwLater(thrown: unknown): void {
  setImmediate(() => {
    throw thrown;
  });
}

const WAYS: Readonly<Record<string, () => unknown>> = {
  throw: () => throwLater(new TypeError('failed')),
  'throw text': () => throwLater('failed'),
  'throw null': () => throwLater(null),
  'throw at the top': () => {
    throw new Error('failed');
  },
  reject: () => Promise.reject(new RangeError('rejected')),
  'reject text': () => Promise.reject('rejected'),
  handle: () => {
    process.on('uncaughtException', () => process.exit(7));
    throwLater(new Error('failed'));
  },
  exit: () => process.exit(3),
  signal: () => {
    setInterval(() => {}, 1_000);
    process.kill(process.pid, 'SIGTERM');
  },
  kill: () => process.kill(process.pid, 'SIGKILL'),
  end: () => undefined,
};

const [way = '', watch] = process.argv.slice(2);
if (watch !== undefined) {
  watchUncaught((thrown, origin) => {
    if (watch === 'refused') throw new Error('refused');
    writeSync(1, `${origin}: ${String(thrown)}`);
  });
}
WAYS[way]?.();

/** Prints what is asked of its work at its end: `end.ts <finish> <end> [listener]`. */
import { writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { type EndWork, onProcessEnd } from '../../../../src/internal/process-end/process-end.js';

const [finish = '', end = '', listener = ''] = process.argv.slice(2);

/** At once, also while the process ends. */
const print = (line: string) => writeSync(1, `${line}\n`);

const FINISHES: Readonly<Record<string, EndWork['finish']>> = {
  none: undefined,
  short: async () => {
    print('finish');
    await sleep(20);
    print('finished');
  },
  hanging: async () => {
    print('finish');
    await sleep(60_000);
  },
  idle: () => {
    print('finish');
    return new Promise(() => {});
  },
  'idle, with nothing else to do': () => {
    print('finish');
    clearTimeout(alive);
    return new Promise(() => {});
  },
  failing: () => {
    print('finish');
    return Promise.reject(new Error('finish'));
  },
};

let alive: NodeJS.Timeout | undefined;

const ENDS: Readonly<Record<string, () => void>> = {
  'runs out': () => {},
  'has a code': () => {
    process.exitCode = 3;
  },
  exits: () => process.exit(3),
  throws: () => {
    throw new RangeError('of the program');
  },
  rejects: () => void Promise.reject(new RangeError('of the program')),
  stays: () => {
    alive = setTimeout(() => {}, 60_000);
  },
  computes: () => {
    print('ready');
    for (;;);
  },
  'stops working': () => stop(),
  'works again': () => {
    process.once('beforeExit', () => {
      stop();
      onProcessEnd(work);
      setTimeout(() => print('more'), 20);
    });
  },
};

const LISTENERS: Readonly<Record<string, () => void>> = {
  ignores: () => process.on('SIGTERM', () => print('program')),
  once: () => process.once('SIGTERM', () => print('program')),
  exits: () => process.on('SIGTERM', () => process.exit(5)),
  'ignores SIGINT': () => process.on('SIGINT', () => print('program')),
  // As that package does: it ends the process when it is alone.
  'signal-exit': () => {
    Object.assign(process, { __signal_exit_emitter__: { count: 1 } });
    process.on('SIGTERM', function only() {
      if (process.listenerCount('SIGTERM') > 1) return;
      print('cleaned up');
      process.off('SIGTERM', only);
      process.kill(process.pid, 'SIGTERM');
    });
  },
  'second copy': async () => {
    const path = '../../../../src/internal/process-end/process-end.ts?second';
    const copy: typeof import('../../../../src/internal/process-end/process-end.js') = await import(path);
    if (copy.onProcessEnd === onProcessEnd) throw new Error('The same copy.');
    copy.onProcessEnd(work);
  },
};

const work: EndWork = {
  persist: (isOver) => print(isOver ? 'persist, over' : 'persist'),
  finish: FINISHES[finish],
};
const stop = onProcessEnd(work);
await LISTENERS[listener]?.();
ENDS[end]?.();
print('ready');

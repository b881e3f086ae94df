import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { EndWatch, type HostProcess } from '../../../../src/internal/process-end/end-watch.js';
import type { EndWork } from '../../../../src/internal/process-end/process-end.js';

/** A process that notes how it ends. */
class FakeProcess extends EventEmitter {
  pid = 1234;
  readonly ends: (string | number)[] = [];

  kill(_: number, signal: string): true {
    this.ends.push(signal);
    return true;
  }

  exit(code: number): void {
    this.ends.push(code);
  }
}

function watchFake(host = new FakeProcess(), { hearsSignals = true } = {}) {
  const watch = new EndWatch(host as unknown as HostProcess, () => hearsSignals);
  const counts = () => Object.fromEntries(host.eventNames().map((name) => [name, host.listenerCount(name)]));
  return { host, watch, counts };
}

function createWork(finish?: EndWork['finish']) {
  const told: boolean[] = [];
  const work: EndWork = { persist: (isOver) => void told.push(isOver), finish };
  return { told, work };
}

const atOnce = async () => {};
/** After what was to be done at once. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

const ALL = { exit: 1, beforeExit: 1, SIGHUP: 1, SIGINT: 1, SIGTERM: 1 };

describe('the listeners of a process', () => {
  it('are one for each event, whatever the work, and none without it', () => {
    const { watch, counts } = watchFake();
    expect(counts()).toEqual({});
    const stops = Array.from({ length: 30 }, () => watch.add(createWork(atOnce).work));
    expect(counts()).toEqual(ALL);
    for (const stop of stops) stop();
    expect(counts()).toEqual({});
  });

  it('are none to signals while nothing may be waited for', () => {
    const { watch, counts } = watchFake();
    watch.add(createWork().work);
    expect(counts()).toEqual({ exit: 1 });
    const stop = watch.add(createWork(atOnce).work);
    expect(counts()).toEqual(ALL);
    stop();
    expect(counts()).toEqual({ exit: 1 });
  });

  it('are none to signals outside the main thread', () => {
    const { watch, counts } = watchFake(new FakeProcess(), { hearsSignals: false });
    watch.add(createWork(atOnce).work);
    expect(counts()).toEqual({ exit: 1, beforeExit: 1 });
  });

  it('go with their own work only, however often it stops', () => {
    const { watch, counts } = watchFake();
    const { work } = createWork();
    const stop = watch.add(work);
    watch.add(work);
    stop();
    stop();
    expect(counts()).toEqual({ exit: 1 });
  });

  it('may be forbidden', () => {
    const host = new FakeProcess();
    host.on = host.prependListener = () => {
      throw new Error('forbidden');
    };
    host.off = host.on;
    const { watch } = watchFake(host);
    expect(() => watch.add(createWork(atOnce).work)()).not.toThrow();
  });
});

describe('the end of a process', () => {
  it('is told to everybody, also when one of them fails', () => {
    const { host, watch } = watchFake();
    watch.add({
      persist: () => {
        throw new Error('a defect');
      },
      finish: undefined,
    });
    const { told, work } = createWork();
    watch.add(work);
    expect(() => host.emit('exit', 0)).not.toThrow();
    expect(told).toEqual([true]);
  });

  it('is waited for once for each registration', async () => {
    const { host, watch } = watchFake();
    let finishes = 0;
    const { work } = createWork(async () => {
      finishes += 1;
    });
    const stop = watch.add(work);
    host.emit('beforeExit', 0);
    host.emit('beforeExit', 0);
    expect(finishes).toBe(1);
    stop();
    watch.add(work);
    host.emit('beforeExit', 0);
    expect(finishes).toBe(2);
  });
});

describe('a signal', () => {
  it('is sent again when all is finished, and the watch hears of none any more', async () => {
    const { host, watch, counts } = watchFake();
    const first = createWork(atOnce);
    const second = createWork(() => Promise.reject(new Error('a defect')));
    const third = createWork();
    for (const { work } of [first, second, third]) watch.add(work);
    host.emit('SIGTERM');
    expect(host.ends).toEqual([]);
    await settled();
    expect(host.ends).toEqual(['SIGTERM']);
    for (const { told } of [first, second, third]) expect(told).toEqual([false, true]);
    watch.add(createWork(atOnce).work);
    expect(counts()).toEqual({ exit: 1, beforeExit: 1 });
  });

  it('is sent again also when the work has stopped meanwhile', async () => {
    const { host, watch } = watchFake();
    const stop = watch.add(createWork(async () => stop()).work);
    host.emit('SIGINT');
    await settled();
    expect(host.ends).toEqual(['SIGINT']);
  });

  it('is left to the program also when the work stops as soon as it is told', async () => {
    const { host, watch } = watchFake();
    host.on('SIGINT', () => {});
    const stop = watch.add({ persist: () => stop(), finish: atOnce });
    host.emit('SIGINT');
    await settled();
    expect(host.ends).toEqual([]);
  });

  it.each(['before', 'after'])(
    'is left to a listener for one call that was there %s the work',
    async (order) => {
      const { host, watch } = watchFake();
      const listen = () => host.once('SIGINT', () => {});
      if (order === 'before') listen();
      watch.add(createWork(atOnce).work);
      if (order === 'after') listen();
      host.emit('SIGINT');
      await settled();
      expect(host.ends).toEqual([]);
    },
  );

  it('becomes an exit code where it cannot be sent', async () => {
    const host = new FakeProcess();
    host.kill = () => {
      throw new Error('ENOSYS');
    };
    watchFake(host).watch.add(createWork(atOnce).work);
    host.emit('SIGHUP');
    await settled();
    expect(host.ends).toEqual([129]);
  });

  it('is not the end of the first process of a container', async () => {
    const host = new FakeProcess();
    host.pid = 1;
    const { told, work } = createWork(atOnce);
    watchFake(host).watch.add(work);
    host.emit('SIGTERM');
    await settled();
    expect(told).toEqual([false, false]);
  });
});

describe('a program that has nothing left to do', () => {
  it('ends in the end, also when it makes new work each time', async () => {
    const { host, watch } = watchFake();
    let finished = 0;
    const makeWork = () => {
      const stop = watch.add({
        persist: () => {},
        finish: async () => {
          finished += 1;
          stop();
          makeWork();
        },
      });
    };
    makeWork();
    for (let round = 0; round < 20; round += 1) {
      host.emit('beforeExit');
      await settled();
    }
    expect(finished).toBe(5);
  });
});

describe('work that records', () => {
  const enders: readonly [string, (host: FakeProcess) => void][] = [
    ['exit', (host) => host.emit('exit')],
    ['beforeExit', (host) => host.emit('beforeExit')],
    ['SIGTERM', (host) => host.emit('SIGTERM')],
  ];

  it.each(enders)('is done at %s before what keeps, also what it brings about itself', async (_, end) => {
    const { host, watch } = watchFake();
    const order: string[] = [];
    const keep = (name: string): EndWork => ({
      persist: () => void order.push(`keep ${name}`),
      finish: async () => void order.push(`finish ${name}`),
    });
    watch.add(keep('early'));
    const stop = watch.add({
      stage: 'record',
      persist: () => {
        order.push('record');
        stop();
        watch.add(keep('late'));
      },
      finish: undefined,
    });
    end(host);
    await settled();
    expect(order[0]).toBe('record');
    expect(order.filter((done) => done === 'record')).toHaveLength(1);
    expect(order.some((done) => done.endsWith('early'))).toBe(true);
    expect(order.some((done) => done.endsWith('late'))).toBe(true);
  });
});

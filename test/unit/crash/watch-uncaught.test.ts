import { EventEmitter } from 'node:events';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { watchUncaught } from '../../../src/crash/index.js';
import { UncaughtWatch } from '../../../src/crash/uncaught-watch.js';

function createSource({ isTaken = false } = {}) {
  return Object.assign(new EventEmitter(), { hasUncaughtExceptionCaptureCallback: () => isTaken });
}

const EVENT = 'uncaughtExceptionMonitor';
const listeners = () => process.listenerCount(EVENT);

describe('a watch for uncaught errors', () => {
  it('tells nobody of what a capture callback takes', () => {
    const source = createSource({ isTaken: true });
    const told: unknown[] = [];
    new UncaughtWatch(source).add((thrown) => told.push(thrown));
    source.emit(EVENT, 'failed', 'uncaughtException');
    expect(told).toEqual([]);
  });

  it('watches nothing where listeners are forbidden', () => {
    const forbid = () => {
      throw new Error('forbidden');
    };
    const watch = new UncaughtWatch(Object.assign(createSource(), { on: forbid, off: forbid }));
    expect(() => watch.add(() => {})()).not.toThrow();
  });

  it('tells everybody who watches what was thrown, and how', () => {
    const source = createSource();
    const watch = new UncaughtWatch(source);
    const told: unknown[] = [];
    watch.add((thrown, origin) => told.push(['first', thrown, origin]));
    watch.add((thrown, origin) => told.push(['second', thrown, origin]));
    source.emit(EVENT, 'failed', 'uncaughtException');
    source.emit(EVENT, null, 'unhandledRejection');
    expect(told).toEqual([
      ['first', 'failed', 'uncaught_exception'],
      ['second', 'failed', 'uncaught_exception'],
      ['first', null, 'unhandled_rejection'],
      ['second', null, 'unhandled_rejection'],
    ]);
  });

  it('has one listener, and none when nobody watches', () => {
    const source = createSource();
    const watch = new UncaughtWatch(source);
    const [stopFirst, stopSecond] = [watch.add(() => {}), watch.add(() => {})];
    expect(source.listenerCount(EVENT)).toBe(1);
    stopFirst();
    stopFirst();
    expect(source.listenerCount(EVENT)).toBe(1);
    stopSecond();
    expect(source.listenerCount(EVENT)).toBe(0);
  });

  it('goes on when a report throws', () => {
    const source = createSource();
    const watch = new UncaughtWatch(source);
    const report = vi.fn();
    watch.add(() => {
      throw new Error('refused');
    });
    watch.add(report);
    source.emit(EVENT, new Error('failed'), 'uncaughtException');
    expect(report).toHaveBeenCalledOnce();
  });

  it('tells a watch that begins in a report of the next error only', () => {
    const source = createSource();
    const watch = new UncaughtWatch(source);
    const late = vi.fn();
    watch.add(() => watch.add(late));
    source.emit(EVENT, 'failed', 'uncaughtException');
    expect(late).not.toHaveBeenCalled();
  });

  it('may be stopped by a report', () => {
    const source = createSource();
    const watch = new UncaughtWatch(source);
    const report = vi.fn(() => stop());
    const stop = watch.add(report);
    source.emit(EVENT, 'failed', 'uncaughtException');
    source.emit(EVENT, 'failed', 'uncaughtException');
    expect(report).toHaveBeenCalledOnce();
  });
});

describe('the watch of a process', () => {
  const before = listeners();
  const stops: (() => void)[] = [];
  afterEach(() => {
    for (const stop of stops.splice(0)) stop();
  });

  it('is shared, also by other copies of the package', async () => {
    stops.push(watchUncaught(() => {}));
    vi.resetModules();
    const copy = await import('../../../src/crash/watch-uncaught.js');
    expect(copy.watchUncaught).not.toBe(watchUncaught);
    stops.push(copy.watchUncaught(() => {}));
    expect(listeners()).toBe(before + 1);
    for (const stop of stops.splice(0)) stop();
    expect(listeners()).toBe(before);
  });
});

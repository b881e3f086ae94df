import { EventEmitter } from 'node:events';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { instrument } from '../../../../src/client/usage/index.js';

const hear = (emitter: EventEmitter, names = ['saved']) => instrument(emitter, names, () => {});

/** An emitter of a program that is at its limit. */
function createFull(): EventEmitter {
  const emitter = new EventEmitter();
  for (let count = 0; count < 10; count += 1) emitter.on('saved', () => {});
  return emitter;
}

function collectWarnings() {
  const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => {});
  onTestFinished(() => warn.mockRestore());
  return warn;
}

describe('an emitter that is heard', () => {
  it('does not warn because of us, and warns of one listener too many of its own', () => {
    const warn = collectWarnings();
    const emitter = createFull();
    hear(emitter);
    expect(warn).not.toHaveBeenCalled();
    emitter.on('saved', () => {});
    expect(warn).toHaveBeenCalledOnce();
  });

  it('has its own limit again when nobody listens any more, in whatever order and however often that ends', () => {
    const emitter = createFull();
    const [first, second] = [hear(emitter), hear(emitter, ['saved', 'opened'])];
    expect(emitter.getMaxListeners()).toBe(12);
    first();
    first();
    expect(emitter.getMaxListeners()).toBe(11);
    second();
    expect(emitter.getMaxListeners()).toBe(10);
  });

  it('keeps the limit that its program sets meanwhile', () => {
    const emitter = createFull();
    const first = hear(emitter);
    emitter.setMaxListeners(20);
    const second = hear(emitter);
    first();
    second();
    expect(emitter.getMaxListeners()).toBe(20);
    const third = hear(emitter);
    emitter.setMaxListeners(0);
    third();
    expect(emitter.getMaxListeners()).toBe(0);
  });

  it.each([0, Number.POSITIVE_INFINITY])('stays without a limit where it has none: %d', (limit) => {
    const emitter = createFull().setMaxListeners(limit);
    const stop = hear(emitter);
    expect(emitter.getMaxListeners()).toBe(limit);
    stop();
    expect(emitter.getMaxListeners()).toBe(limit);
  });

  it('keeps its limit when nothing of it is heard', () => {
    const emitter = new EventEmitter();
    hear(emitter, ['error']);
    expect(emitter.getMaxListeners()).toBe(10);
  });

  it('needs no limit', () => {
    const names: string[] = [];
    const stop = instrument({ on: (name) => names.push(name), off: () => names.pop() }, ['saved'], () => {});
    expect(names).toEqual(['saved']);
    stop();
    expect(names).toEqual([]);
  });
});

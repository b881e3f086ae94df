import { describe, expect, it } from 'vitest';
import { listenForEnd } from '../../../src/cli/listen-for-end.js';

describe('a program that runs on is asked to end', () => {
  it('by Ctrl-C', () => {
    const interrupt = new AbortController();
    const end = listenForEnd(interrupt.signal);
    expect(end.asked.aborted).toBe(false);
    interrupt.abort();
    expect(end.asked.aborted).toBe(true);
    end.stop();
  });

  it('by Ctrl-C that came before it listened', () => {
    const end = listenForEnd(AbortSignal.abort());
    expect(end.asked.aborted).toBe(true);
    end.stop();
  });

  it.each(['SIGTERM', 'SIGHUP'] as const)('by %s, of which only the first one is heard', (signal) => {
    const others = process.listenerCount(signal);
    const end = listenForEnd(new AbortController().signal);
    expect(process.listenerCount(signal)).toBe(others + 1);
    process.emit(signal);
    expect(end.asked.aborted).toBe(true);
    expect(process.listenerCount(signal)).toBe(others);
    end.stop();
  });

  it('by nobody once it has stopped listening', () => {
    const interrupt = new AbortController();
    const others = process.listenerCount('SIGTERM');
    const end = listenForEnd(interrupt.signal);
    end.stop();
    interrupt.abort();
    expect(end.asked.aborted).toBe(false);
    expect(process.listenerCount('SIGTERM')).toBe(others);
  });
});

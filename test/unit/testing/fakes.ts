import type { Capture } from '../../../src/testing/capture/index.js';
import type { RunResult } from '../../../src/testing/machine/index.js';

/** A sealed capture to which nothing comes. */
export function fakeCapture(more: Partial<Capture> = {}): Capture {
  return {
    mode: 'sealed',
    env: {},
    through: [],
    names: { user: 'person', host: 'machine' },
    seen: async () => ({ connections: [], lookups: [] }),
    begin: async () => {},
    [Symbol.asyncDispose]: async () => {},
    ...more,
  };
}

/** A run that said one line and ended well. */
export function fakeResult(more: Partial<RunResult> = {}): RunResult {
  return {
    status: 0,
    signal: null,
    stdout: 'done\n',
    stderr: '',
    hasTimedOut: false,
    durationMs: 50,
    exitMs: 5,
    afterSignalMs: undefined,
    children: [],
    survivors: [],
    ...more,
  };
}

import { describe, expect, it } from 'vitest';
import { isForegroundStat } from '../../../../../src/consent/dialogue/ask/foreground.js';
import { type AskStreams, whyNotAsk } from '../../../../../src/consent/dialogue/index.js';

const streams = (over: Partial<AskStreams> = {}): AskStreams => ({
  stdin: { isTTY: true, readableFlowing: null, listenerCount: () => 0 },
  stdout: { isTTY: true },
  stderr: { isTTY: true },
  ...over,
});
const stdin = (over: Partial<AskStreams['stdin']>) => ({ stdin: { ...streams().stdin, ...over } });
const inForeground = () => true;

describe('whyNotAsk', () => {
  it('has no reason against three terminals in the foreground', () => {
    expect(whyNotAsk(streams(), { TERM: 'xterm' }, inForeground)).toBeUndefined();
  });

  it('asks on the simplest of terminals too', () => {
    expect(whyNotAsk(streams(), { TERM: 'dumb', INSIDE_EMACS: '29.1,comint' }, inForeground)).toBeUndefined();
  });

  it.each<[string, Partial<AskStreams>]>([
    ['standard input is no terminal', stdin({ isTTY: undefined })],
    ['standard input is no terminal', stdin({ isTTY: false })],
    ['standard output is no terminal', { stdout: {} }],
    ['standard error is no terminal', { stderr: {} }],
    ['the program reads standard input itself', stdin({ readableFlowing: true })],
    [
      'the program reads standard input itself',
      stdin({ listenerCount: (event) => (event === 'data' ? 1 : 0) }),
    ],
    [
      'the program reads standard input itself',
      stdin({ listenerCount: (event) => (event === 'readable' ? 1 : 0) }),
    ],
  ])('says that %s', (reason, over) => {
    expect(whyNotAsk(streams(over), {}, inForeground)).toBe(reason);
  });

  it('says that a terminal takes no input, or that nobody listens to the program', () => {
    expect(whyNotAsk(streams(), { INSIDE_EMACS: '29.1,compile' }, inForeground)).toBe(
      'this terminal takes no input',
    );
    expect(whyNotAsk(streams(), {}, () => false)).toBe('the program runs in the background');
  });

  it('looks at nothing but the streams where they are no terminals', () => {
    const fail = () => {
      throw new Error('looked');
    };
    expect(whyNotAsk(streams({ stdout: {} }), {}, fail)).toBe('standard output is no terminal');
  });
});

describe('the foreground of a terminal', () => {
  it.each([
    ['the group the terminal listens to', '12 (node) S 1 12 10 34816 12 4194304 0', true],
    ['another group', '12 (node) S 1 12 10 34816 99 4194304 0', false],
    ['a process without a terminal of its own', '12 (node) S 1 12 12 0 -1 4194304 0', true],
    ['a name with all kinds of signs in it', '12 (a) b (c d) S 1 12 10 34816 99 0', false],
    ['something else', '', true],
  ])('is %s', (_what, stat, expected) => {
    expect(isForegroundStat(stat)).toBe(expected);
  });
});

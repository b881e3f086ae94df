import { describe, expect, it } from 'vitest';
import { ConsentError, loadDialogue, type Terminal } from '../../../../../src/consent/index.js';
import { textOf } from '../text/support.js';

/** A terminal whose person types these lines; after the last one, undefined for ever. */
function fakeTerminal(lines: readonly (string | undefined)[], { unicode = true } = {}) {
  const left = [...lines];
  const calls = { questions: 0, closes: 0, timeouts: [] as number[] };
  let screen = '';
  const terminal: Terminal = {
    style: { width: 80, color: false, unicode },
    write: (text) => {
      screen += text;
    },
    readLine: async (question, timeoutMs) => {
      calls.questions += 1;
      calls.timeouts.push(timeoutMs);
      screen += question;
      const line = left.shift();
      screen += `${line ?? ''}\n`;
      return line;
    },
    close: () => {
      calls.closes += 1;
    },
  };
  return { terminal, calls, screen: () => screen };
}

const { askConsent } = await loadDialogue();
const text = textOf();

async function converse(lines: readonly (string | undefined)[]) {
  const kept: string[] = [];
  const fake = fakeTerminal(lines);
  const answer = await askConsent({ text, terminal: fake.terminal, keep: (given) => kept.push(given) });
  const [, said] = fake.screen().split(/\[y\/N\/more info\]: .*\n(?![\s\S]*\[y\/N)/);
  return { answer, kept, said, ...fake };
}

describe('askConsent', () => {
  it.each<[string, readonly (string | undefined)[], string, number]>([
    ['y', ['y'], 'yes', 1],
    ['Yes, with white space', ['  YES '], 'yes', 1],
    ['n', ['n'], 'no', 1],
    ['No', ['No'], 'no', 1],
    ['Enter', [''], 'unanswered', 1],
    ['white space', ['   '], 'unanswered', 1],
    ['nothing, as after Ctrl-C', [undefined], 'unanswered', 1],
    ['more info, then y', ['more info', 'y'], 'yes', 2],
    ['info, more and m, then n', ['info', 'MORE', 'm', 'n'], 'no', 4],
    ['more  info, then nothing', ['More  Info', undefined], 'unanswered', 2],
    ['two answers that are none, then y', ['what', 'why', 'y'], 'yes', 3],
    ['three answers that are none', ['yep', 'sure', 'ok', 'y'], 'unanswered', 3],
    ['lines that nobody meant, then y', ['\u0000', '\u0000', 'y'], 'yes', 3],
    ['three lines that nobody meant', ['\u0000', 'm', '\u0000', '\u0000', 'y'], 'unanswered', 4],
    ['yes in another language', ['ja', 'oui', 'si', 'y'], 'unanswered', 3],
    ['more info without end', Array<string>(50).fill('m'), 'unanswered', 10],
  ])('takes %s', async (_what, lines, expected, questions) => {
    const { answer, kept, calls } = await converse(lines);
    expect(answer).toBe(expected);
    expect(kept).toEqual(expected === 'unanswered' ? [] : [expected]);
    expect(calls.questions).toBe(questions);
    expect(calls.closes).toBeGreaterThan(0);
  });

  it('shows what is collected before the question', async () => {
    const { screen } = await converse(['n']);
    expect(screen().indexOf('What is collected')).toBeLessThan(screen().indexOf('Enable telemetry?'));
    expect(screen()).not.toContain('What can be linked');
  });

  it('shows the details to who asks for them, and asks again', async () => {
    const { screen } = await converse(['m', 'n']);
    expect(screen()).toMatch(/info\]: m\n[\s\S]*What can be linked[\s\S]*info\]: n\n/);
  });

  it.each<[string, readonly string[], string]>([
    ['a yes, with the way back', ['y'], '✓ Telemetry is on. To stop it: acme telemetry disable.\n'],
    ['a no', ['n'], 'Telemetry stays off.\n'],
    ['no answer', [''], 'No answer: telemetry stays off. Answer n to not be asked again.\n'],
  ])('confirms %s', async (_what, lines, expected) => {
    expect((await converse(lines)).said).toBe(expected);
  });

  it('asks for one of the answers when it got none of them', async () => {
    expect((await converse(['what', 'n'])).screen()).toContain('Please answer y, n, or more info.\n');
  });

  it('has no sign that the terminal cannot show', async () => {
    const { terminal, screen } = fakeTerminal(['y'], { unicode: false });
    await askConsent({ text, terminal });
    expect(screen()).toMatch(/^[\x20-\x7e\n]*$/);
  });

  it('waits a minute for each answer, unless told otherwise', async () => {
    expect((await converse(['m', 'n'])).calls.timeouts).toEqual([60_000, 60_000]);
    const { terminal, calls } = fakeTerminal(['n']);
    await askConsent({ text, terminal, timeoutMs: 5 });
    expect(calls.timeouts).toEqual([5]);
  });

  it.each([
    [
      'says why where that is known',
      new ConsentError('CONSENT_NOT_STORED', 'The disk is full.'),
      'Your answer could not be kept, so telemetry stays off. The disk is full.\n',
    ],
    [
      'shows nothing of an error that may hold anything',
      new Error('/home/alice'),
      'Your answer could not be kept, so telemetry stays off.\n',
    ],
  ])('confirms no answer that could not be kept, and %s', async (_what, error, expected) => {
    const { terminal, screen } = fakeTerminal(['y']);
    const keep = () => {
      throw error;
    };
    expect(await askConsent({ text, terminal, keep })).toBe('unanswered');
    expect(screen().endsWith(`info]: y\n${expected}`)).toBe(true);
  });

  it('gives the terminal back before the answer is kept', async () => {
    const { terminal, calls } = fakeTerminal(['y']);
    let closes = 0;
    await askConsent({
      text,
      terminal,
      keep: () => {
        closes = calls.closes;
      },
    });
    expect(closes).toBe(1);
  });

  it('is unanswered, and no error, on a terminal that breaks', async () => {
    const { terminal } = fakeTerminal(['y']);
    const broken = {
      ...terminal,
      readLine: () => Promise.reject(new Error('EIO')),
    };
    expect(await askConsent({ text, terminal: broken })).toBe('unanswered');
  });
});

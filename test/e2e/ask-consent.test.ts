import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AskReport } from './programs/ask-consent.js';
import { CHECKOUT, TSX } from './support/checkout.js';
import { runProgram } from './support/program.js';
import { startOnTerminal, type TerminalProgram } from './support/pty.js';
import { createSandbox, type Sandbox } from './support/sandbox.js';

const QUESTION = /Enable telemetry\? \[y\/N\/more info\]: /;
/** Longer than a question has to stand before it can be answered. */
const READ_MS = 500;
const PROGRAM = fileURLToPath(new URL('./programs/ask-consent.ts', import.meta.url));

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await createSandbox();
});
afterEach(() => sandbox[Symbol.dispose]());

const reportPath = () => join(sandbox.root, 'report.json');
const readReport = async () => JSON.parse(await readFile(reportPath(), 'utf8')) as AskReport;
const command = (...args: readonly string[]) => [
  process.execPath,
  '--import',
  TSX,
  PROGRAM,
  reportPath(),
  ...args,
];
const options = (env: Readonly<Record<string, string>> = {}) => ({
  cwd: sandbox.root,
  env: { ...sandbox.env, TSX_TSCONFIG_PATH: join(CHECKOUT, 'tsconfig.json'), TERM: 'xterm', ...env },
});

interface Conversation {
  readonly status: number | null;
  readonly screen: string;
  readonly report: AskReport;
}

/** Run the program on a terminal of its own; `talk` says what its person does. */
async function converse(
  talk: (program: TerminalProgram) => Promise<void>,
  { args = [], env }: { args?: readonly string[]; env?: Readonly<Record<string, string>> } = {},
): Promise<Conversation> {
  await using program = startOnTerminal(command(...args), options(env));
  await talk(program);
  return { ...(await program.outcome), report: await readReport() };
}

const typing =
  (...keys: readonly string[]) =>
  async (program: TerminalProgram) => {
    for (const key of keys) {
      await program.shows(QUESTION);
      await sleep(READ_MS);
      program.type(key);
    }
  };

describe.skipIf(process.platform === 'win32')('the question on a real terminal', () => {
  it.each<[string, readonly string[], string, RegExp]>([
    ['y', ['y\r'], 'yes', /Telemetry is on\. To stop it: acme telemetry disable\./],
    ['YES', ['YES\r'], 'yes', /Telemetry is on\./],
    ['n', ['n\r'], 'no', /Telemetry stays off\./],
    ['Enter', ['\r'], 'unanswered', /No answer: telemetry stays off\./],
    ['Ctrl-C', ['\u0003'], 'unanswered', /No answer: telemetry stays off\./],
    ['Ctrl-D', ['\u0004'], 'unanswered', /No answer: telemetry stays off\./],
    ['more info, then y', ['more info\r', 'y\r'], 'yes', /What can be linked[\s\S]*Telemetry is on\./],
    ['a typing mistake, mended', ['x\u007fy\r'], 'yes', /Telemetry is on\./],
    [
      'three answers that are none',
      ['?\r', 'what\r', 'sure\r'],
      'unanswered',
      /Please answer[\s\S]*No answer/,
    ],
  ])('takes %s, and leaves the terminal as it was', async (_what, keys, answer, says) => {
    const { status, screen, report } = await converse(typing(...keys));
    expect(screen).toMatch(says);
    expect(status).toBe(7);
    expect(report).toEqual({
      answer,
      kept: answer === 'unanswered' ? [] : [answer],
      isSameTerminal: true,
      newListeners: [],
      readAfterwards: [],
    });
  });

  it('waits no longer than it is told to', async () => {
    const { screen, report } = await converse(async () => {}, { args: ['200'] });
    expect(report).toMatchObject({ answer: 'unanswered', isSameTerminal: true });
    expect(screen).toMatch(/No answer: telemetry stays off\./);
  });

  it('takes nothing for an answer that was typed before the question stood there', async () => {
    const { report } = await converse(async (program) => {
      program.type('y\n');
      await typing('n\r')(program);
    });
    expect(report).toMatchObject({ answer: 'no', kept: ['no'] });
  });

  it.each([
    ['the first lines of a paste', ['y\rand more\r', 'y\rand more\r', 'y\rand more\r']],
    ['the lines of a program that types', Array<string>(3).fill('y\r'.repeat(20))],
  ])('takes %s for no answer', async (_what, keys) => {
    const { screen, report } = await converse(typing(...keys));
    expect(report).toMatchObject({ answer: 'unanswered', kept: [], isSameTerminal: true });
    expect(screen).toMatch(/Please answer[\s\S]*No answer/);
  });

  it('takes what comes at once, before anybody can have read the question, for no answer', async () => {
    const { report } = await converse(async (program) => {
      await program.shows(QUESTION);
      program.type('y\n');
      await typing('n\r')(program);
    });
    expect(report).toMatchObject({ answer: 'no', kept: ['no'] });
  });

  it.each([
    ['by data events', ['data']],
    ['by readline', ['readline', 'readline']],
  ])('leaves standard input to the program, which reads on %s', async (_how, readers) => {
    const { report } = await converse(
      async (program) => {
        await typing('y\r')(program);
        for (const reader of readers) {
          await program.shows(new RegExp(`${reader}> `));
          program.type('something\n');
        }
      },
      { args: ['60000', ...readers] },
    );
    expect(report).toMatchObject({ answer: 'yes', readAfterwards: readers.map(() => 'something') });
  });

  it('gives back to the program what was typed for it', async () => {
    const { report } = await converse(
      async (program) => {
        await typing('what\rfor the program\r', 'y\r')(program);
      },
      { args: ['60000', 'data'] },
    );
    expect(report).toMatchObject({ answer: 'yes', readAfterwards: ['for the program'] });
  });

  it('survives the end of its terminal, in a program that goes on without', async () => {
    await using program = startOnTerminal(command(), options({ IGNORE_HANGUP: '1' }));
    await program.shows(QUESTION);
    program.hangUp();
    await expect.poll(() => existsSync(reportPath()), { timeout: 20_000 }).toBe(true);
    expect(await readReport()).toMatchObject({ answer: 'unanswered', kept: [], newListeners: [] });
  });

  it.each([{ TERM: 'dumb' }, { NO_COLOR: '1' }])('is plain with %j and LANG=C', async (env) => {
    const { screen, report } = await converse(typing('y\r'), { env: { LANG: 'C', ...env } });
    expect(report.answer).toBe('yes');
    expect(screen).not.toContain('\u001b[1m');
    // Whatever readline says to move the cursor is taken out.
    expect(stripVTControlCharacters(screen)).toMatch(/^[\x20-\x7e\r\n]*$/);
  });

  it('has colours and signs where the terminal has them', async () => {
    const { screen } = await converse(typing('y\r'), { env: { LANG: 'C.UTF-8' } });
    expect(screen).toContain('\u001b[1mTelemetry of acme\u001b[22m');
    expect(screen).toContain('\u2713 Telemetry is on.');
  });
});

describe.skipIf(process.platform !== 'linux')('in the background of a terminal', () => {
  it('nobody is asked: a program that tried would be stopped', async () => {
    const job = command()
      .map((word) => `'${word}'`)
      .join(' ');
    await using shell = startOnTerminal(['sh', '-c', `set -m; ${job} & wait $!`], options());
    expect(await shell.outcome).toMatchObject({ status: 7 });
    expect(await readReport()).toMatchObject({ whyNot: 'the program runs in the background' });
  });
});

describe('without a terminal', () => {
  it('nobody is asked, and nothing is printed', async () => {
    const [node = '', ...args] = command();
    const { status, stdout, stderr } = await runProgram(node, args, options());
    expect({ status, stdout, stderr }).toEqual({ status: 7, stdout: '', stderr: '' });
    expect(await readReport()).toMatchObject({
      answer: 'not asked',
      whyNot: 'standard input is no terminal',
    });
  });
});

import { PassThrough } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ReadStream, WriteStream } from 'node:tty';
import { describe, expect, it, onTestFinished } from 'vitest';
import { UNMEANT_LINE } from '../../../../../src/consent/dialogue/ask/terminal.js';
import { loadDialogue } from '../../../../../src/consent/index.js';

const { openTerminal } = await loadDialogue();

/** Longer than a question has to stand before it can be answered. */
const READ_MS = 350;

async function ask(type: (keys: (typed: string) => void) => Promise<void>, timeoutMs = 5_000) {
  const stdin = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => {} });
  const stderr = Object.assign(new PassThrough(), { isTTY: true, columns: 80 });
  stderr.resume();
  const terminal = await openTerminal(
    { stdin: stdin as unknown as ReadStream, stderr: stderr as unknown as WriteStream },
    {},
  );
  onTestFinished(() => terminal.close());
  const question = terminal.readLine('Well? ', timeoutMs);
  await type((typed) => stdin.write(typed));
  const line = await question;
  return { line, terminal, stdin };
}

describe('a line on a terminal', () => {
  it.each(['y\r', 'y\n', 'y\r\n', 'x\u007fy\r', 'no\r', '\r'])('is heard: %j', async (typed) => {
    const { line } = await ask(async (type) => {
      await sleep(READ_MS);
      type(typed);
    });
    expect(line).toBe(typed.replace('x\u007f', '').trimEnd());
  });

  it.each([
    ['at once', 0],
    ['before anybody can have read the question', 200],
  ])('is thrown away when it comes %s', async (_, delayMs) => {
    const { line } = await ask(async (type) => {
      await sleep(delayMs);
      type('y\n');
    });
    expect(line).toBe(UNMEANT_LINE);
  });

  it.each([
    ['in the same chunk', ['y\nrest of a paste\n']],
    ['unfinished, in the same chunk', ['y\nrest']],
    ['in the next chunk', ['y\n', 'y\n']],
  ])('is thrown away when more comes behind it %s', async (_, chunks) => {
    const { line } = await ask(async (type) => {
      await sleep(READ_MS);
      for (const chunk of chunks) {
        type(chunk);
        await sleep(10);
      }
    });
    expect(line).toBe(UNMEANT_LINE);
  });

  it('is heard when it comes in time, though the time runs out before it is known to be alone', async () => {
    const { line } = await ask(async (type) => {
      await sleep(READ_MS);
      type('y\r');
    }, READ_MS + 30);
    expect(line).toBe('y');
  });

  it('is none when the conversation is broken off right behind it', async () => {
    const { line } = await ask(async (type) => {
      await sleep(READ_MS);
      type('y\r\u0003');
    });
    expect(line).toBeUndefined();
  });

  it('can follow one that was thrown away, and the rest of a paste is the program’s', async () => {
    const { line, terminal, stdin } = await ask(async (type) => type('y\nfor the program\nand more'));
    expect(line).toBe(UNMEANT_LINE);
    const again = terminal.readLine('Well? ', 5_000);
    await sleep(READ_MS);
    stdin.write('n\r');
    expect(await again).toBe('n');
    terminal.close();
    expect(String(stdin.read())).toBe('for the program\n');
  });
});

describe('somebody who types without end', () => {
  it('answers nothing', async () => {
    const { line, terminal, stdin } = await ask(async (type) => type('y\n'.repeat(100)));
    const typing = setInterval(() => stdin.write('y\n'), 20);
    onTestFinished(() => clearInterval(typing));
    expect([line, await terminal.readLine('Well? ', 5_000)]).toEqual([UNMEANT_LINE, UNMEANT_LINE]);
  });
});

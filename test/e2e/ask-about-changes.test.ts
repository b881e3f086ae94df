import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ChangesReport } from './programs/ask-about-changes.js';
import { CHECKOUT, TSX } from './support/checkout.js';
import { startOnTerminal } from './support/pty.js';
import { createSandbox, type Sandbox } from './support/sandbox.js';

const QUESTION = /Allow this too\? \[y\/N\/more info\]: /;
/** Longer than a question has to stand before it can be answered. */
const READ_MS = 500;
const PROGRAM = fileURLToPath(new URL('./programs/ask-about-changes.ts', import.meta.url));

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await createSandbox();
});
afterEach(() => sandbox[Symbol.dispose]());

/** Run a later version of a program on a terminal, where its person types `key` once they are asked. */
async function answer(
  key: string,
  times = 'twice',
): Promise<{ readonly screen: string; readonly report: ChangesReport }> {
  const report = join(sandbox.root, 'report.json');
  const command = [process.execPath, '--import', TSX, PROGRAM, report, join(sandbox.root, 'state'), times];
  const env = { ...sandbox.env, TSX_TSCONFIG_PATH: join(CHECKOUT, 'tsconfig.json'), TERM: 'dumb' };
  await using program = startOnTerminal(command, { cwd: sandbox.root, env });
  await program.shows(QUESTION);
  await sleep(READ_MS);
  program.type(key);
  const { screen } = await program.outcome;
  return { screen, report: JSON.parse(await readFile(report, 'utf8')) as ChangesReport };
}

describe.skipIf(process.platform === 'win32')('the question about a later version on a real terminal', () => {
  it('tells what is more and nothing else, and a yes covers it', async () => {
    const { screen, report } = await answer('y\r');
    expect(screen).toContain('What is more');
    expect(screen).toContain('edit.title: new, its length in characters; for: How long titles get.');
    expect(screen).not.toContain('layers');
    expect(screen).toContain('This is collected too from now on.');
    expect(screen.match(new RegExp(QUESTION, 'g'))).toHaveLength(1);
    expect(report).toMatchObject({
      enabled: true,
      heldBack: [],
      stored: { dry_run: true, catalogue: { events: { edit: { fields: { title: {} } } } } },
    });
  });

  it('is not asked again after a no, and what was agreed to goes on', async () => {
    const { screen, report } = await answer('n\r');
    expect(screen).toContain('It stays as it was. You are not asked about this again.');
    expect(screen.match(new RegExp(QUESTION, 'g'))).toHaveLength(1);
    expect(report).toMatchObject({ enabled: true, heldBack: ['edit.title'] });
    expect(report.stored).toMatchObject({ declined_catalogue_version: expect.any(String) });
  });

  it('keeps nothing of no answer', async () => {
    const { screen, report } = await answer('\u0003', 'once');
    expect(screen).toContain('No answer: it stays as it was.');
    expect(report).toMatchObject({ enabled: true, heldBack: ['edit.title'] });
    expect(report.stored).not.toHaveProperty('declined_catalogue_version');
  });
});

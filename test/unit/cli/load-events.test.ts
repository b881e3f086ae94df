import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadEvents } from '../../../src/cli/load-events.js';
import { createDirectory } from '../../support/directories.js';

/** @returns what went wrong, and what was printed on standard error */
async function load(source: string | undefined): Promise<{ message: string; printed: string }> {
  const cwd = createDirectory();
  let printed = '';
  const stderr = { write: (text: string) => (printed += text) };
  if (source !== undefined) writeFileSync(join(cwd, 'events.mjs'), source);
  const error: unknown = await loadEvents('./events.mjs', { cwd, stderr }).catch((thrown) => thrown);
  return { message: (error as Error).message, printed };
}

const refusal = (reason: string) =>
  `The module of --events cannot be loaded: ./events.mjs (${reason}). Name a JavaScript module that Node.js can import.`;

describe('loadEvents', () => {
  it.each([
    ['is not there', undefined, 'ERR_MODULE_NOT_FOUND'],
    ['imports what is not there', "import './nowhere.mjs'", 'ERR_MODULE_NOT_FOUND'],
    ['reads a file that is not there', "import fs from 'node:fs'; fs.readFileSync('/home/ada/x')", 'ENOENT'],
    ['throws', "throw new RangeError('too far')", 'RangeError: too far'],
  ])('names a module that %s as it was typed, and no path', async (_, source, reason) => {
    expect((await load(source)).message).toBe(refusal(reason));
  });

  it('keeps what a module prints out of the answer', async () => {
    const { write } = process.stdout;
    const { message, printed } = await load(
      "process.stdout.write('hello\\n'); await new Promise((done) => process.stdout.write(Buffer.from('there'), done))",
    );
    expect(message).toContain('exports no event class');
    expect(printed).toBe('hello\nthere');
    expect(process.stdout.write).toBe(write);
  });
});

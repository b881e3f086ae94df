import { describe, expect, it } from 'vitest';
import { createDirectory } from '../../../support/directories.js';
import { filesIn, run } from '../support.js';

describe('catalog', () => {
  it('names every field that may leave, and those that never do', async () => {
    const directory = createDirectory();
    const { status, stdout, stderr } = await run(directory, ['catalog']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const { stdout: json } = await run(directory, ['catalog', '--json']);
    const { version, events } = JSON.parse(json) as {
      version: string;
      events: readonly { name: string; fields: readonly { name: string }[]; forbidden: readonly string[] }[];
    };
    expect(version).toMatch(/^[0-9a-f]{64}$/);
    const names = events.flatMap(({ name, fields, forbidden }) => [
      `Event ${name}`,
      ...fields.map((field) => `${field.name}: `),
      ...forbidden.map((field) => `${field}: never leaves`),
    ]);
    expect(names).toEqual(expect.arrayContaining(['Event code_search', 'query: ', 'apiKey: never leaves']));
    for (const name of names) expect(stdout).toContain(name);
    expect(filesIn(directory)).toEqual([]);
  });

  it('tells of the use of flags only where there are some', async () => {
    const without = await run(createDirectory(), ['catalog']);
    expect(without.stdout).not.toContain('Event $feature_flag_called');
    const given = await run(createDirectory(), ['catalog'], { options: { featureFlags: {} as never } });
    expect(given.stdout).toContain('Event $feature_flag_called');
  });

  it('can be read on a screen of 40 columns that shows ASCII only', async () => {
    const { stdout } = await run(createDirectory(), ['catalog'], { columns: 40, env: { LANG: 'C' } });
    expect(stdout).toMatch(/^\p{ASCII}+$/u);
    // A word that is longer stands alone, uncut.
    for (const line of stdout.split('\n')) expect(line.length <= 40 || !line.trim().includes(' ')).toBe(true);
  });
});

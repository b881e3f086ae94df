import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { count, defineEvent, oneOf, plain, textCount } from 'sotto';
import { describe, expect, it } from 'vitest';
import { createDirectory } from '../../../support/directories.js';
import { run } from '../support.js';

const V1 = { options: { events: [defineEvent('edit', { tool: plain(oneOf('pen')), layers: count() })] } };
const Edit = defineEvent('edit', {
  tool: plain(oneOf('pen', 'brush'), { purpose: 'Which tools to work on.' }),
  title: textCount(),
});
const V2 = { options: { events: [Edit] } };

/** A person who has agreed to the first version. */
async function agreed(): Promise<string> {
  const directory = createDirectory();
  await run(directory, ['enable', '--yes'], V1);
  return directory;
}

describe('diff', () => {
  it('tells what is more and what is less than was agreed to, and ends with 1', async () => {
    const { status, stdout, stderr } = await run(await agreed(), ['diff'], V2);
    expect({ status, stderr, stdout }).toEqual({
      status: 1,
      stderr: '',
      stdout: `What is collected now, beside what you agreed to

More (widening)
  - edit.tool: one of brush, pen; new: brush (was: one of pen); for: Which tools
    to work on.
  - edit.title: new, its length in characters

Less (narrowing)
  - edit.layers: no longer collected

2 changes widening: held back until you agree: acme telemetry enable
`,
    });
  });

  it('ends with 0 when nothing is more', async () => {
    const directory = await agreed();
    expect(await run(directory, ['diff'], V1)).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('Nothing has changed.'),
    });
    const less = { options: { events: [defineEvent('edit', { layers: count() })] } };
    expect(await run(directory, ['diff'], less)).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('Nothing is more: this needs no question.'),
    });
  });

  it('has nothing more to tell once that is agreed to', async () => {
    const directory = await agreed();
    expect((await run(directory, ['status'], V2)).stdout).toContain('Held back until you agree');
    await run(directory, ['enable', '--yes'], V2);
    expect((await run(directory, ['diff'], V2)).status).toBe(0);
    expect((await run(directory, ['status'], V2)).stdout).not.toContain('Held back until you agree');
  });

  it('compares with an older catalogue, whoever agreed to what', async () => {
    const directory = createDirectory();
    const written = await run(directory, ['catalog', '--write', '--out', directory], V1);
    expect(written.status).toBe(0);
    const file = join(directory, 'telemetry-catalogue.json');
    const { status, stdout } = await run(directory, ['diff', file, '--json'], V2);
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      beside: 'file',
      changes: [
        { path: 'edit.tool', effect: 'widening', kind: 'wider_domain' },
        { path: 'edit.title', effect: 'widening', kind: 'new_field' },
        { path: 'edit.layers', effect: 'narrowing', kind: 'removed' },
      ],
    });
    expect((await run(directory, ['diff', file], V1)).status).toBe(0);
  });

  it('says so when nobody has agreed to anything', async () => {
    const { status, stdout } = await run(createDirectory(), ['diff'], V1);
    expect(status).toBe(0);
    expect(stdout).toContain('Nobody has agreed to anything yet');
  });

  it.each(['nowhere.json', 'broken.json'])('refuses a file that is no catalogue: %s', async (name) => {
    const directory = createDirectory();
    writeFileSync(join(directory, 'broken.json'), '{}');
    const { status, stderr } = await run(directory, ['diff', name], { ...V1, cwd: directory });
    expect(status).toBe(2);
    expect(stderr).toContain('no telemetry-catalogue.json that can be read');
  });
});

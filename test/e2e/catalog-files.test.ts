import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CHECKOUT, TSX } from './support/checkout.js';
import { runProgram } from './support/program.js';
import { createSandbox, type Sandbox } from './support/sandbox.js';

const EXAMPLE = join(CHECKOUT, 'examples', 'code-search');
const FILES = ['TELEMETRY.md', 'telemetry-catalogue.json', 'README.md'];
const OWN_COMMAND = ['--import', TSX, join(EXAMPLE, 'telemetry-command.ts')];
const SOTTO = ['--import', TSX, join(CHECKOUT, 'src', 'cli', 'program.ts'), '--app', 'code-search'];
const EVENTS = ['--events', join(EXAMPLE, 'events.ts')];

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await createSandbox();
});
afterEach(() => sandbox[Symbol.dispose]());

/** As a maker's CI would: in the folder of the files. tsx reads the paths of this checkout from its configuration. */
const run = (program: readonly string[], cwd: string, args: readonly string[]) =>
  runProgram(process.execPath, [...program, 'catalog', ...args], {
    cwd,
    env: { ...sandbox.env, LANG: 'C.UTF-8', TSX_TSCONFIG_PATH: join(CHECKOUT, 'tsconfig.json') },
  });

const read = (name: string) => readFileSync(join(sandbox.root, name), 'utf8');

describe('the committed files of the example', () => {
  it('say what its code says', async () => {
    expect(await run(OWN_COMMAND, EXAMPLE, ['--check'])).toMatchObject({
      status: 0,
      stdout: `✓ ${FILES.join(', ')}: up to date.\n`,
      stderr: '',
    });
  });

  it('fail the check once one of them is stale, and are brought up to date', async () => {
    for (const name of FILES) cpSync(join(EXAMPLE, name), join(sandbox.root, name));
    writeFileSync(
      join(sandbox.root, FILES[0] as string),
      read('TELEMETRY.md').replace('`coverage`', '`cover`'),
    );
    const { status, stderr } = await run(OWN_COMMAND, sandbox.root, ['--check']);
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /^TELEMETRY\.md says something else than the code\.\nTo bring this up to date, [^\n]+\n$/,
    );
    expect((await run(OWN_COMMAND, sandbox.root, ['--write'])).status).toBe(0);
    for (const name of FILES) expect(read(name)).toBe(readFileSync(join(EXAMPLE, name), 'utf8'));
  });
});

describe('sotto catalog', () => {
  it('writes the files of an app whose classes a module exports, metadata of sessions among them', async () => {
    const host = ['--host', 'https://EU.i.posthog.com:8443/ingest'];
    const { status, stdout, stderr } = await run([...SOTTO, ...EVENTS], sandbox.root, ['--write', ...host]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toBe('✓ TELEMETRY.md was written.\n✓ telemetry-catalogue.json was written.\n');
    const file = JSON.parse(read('telemetry-catalogue.json')) as Record<string, Record<string, object>>;
    expect(file).toMatchObject({ app: 'code-search', recipient: 'eu.i.posthog.com', distinct_id: 'session' });
    expect(Object.keys(file.catalogue?.events ?? {}).sort()).toEqual([
      'code_search_index_built',
      'code_search_search',
      'code_search_session',
    ]);
    expect(Object.keys(file.catalogue?.session ?? {})).toEqual(['interface']);
    expect((await run([...SOTTO, ...EVENTS], sandbox.root, ['--check', ...host])).status).toBe(0);
  });

  it('refuses where nobody says which events there are', async () => {
    const { status, stderr } = await run(SOTTO, sandbox.root, ['--write']);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^The events of code-search are not known here.* --events \.\/dist\/events\.js/);
    expect(sandbox.leftOver()).toEqual([]);
  });
});

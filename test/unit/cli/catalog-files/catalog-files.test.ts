import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { count, defineEvent, forbidden, hash, number, oneOf, plain, textCount } from 'sotto';
import { beforeEach, describe, expect, it } from 'vitest';
import { readCatalogueFile } from '../../../../src/cli/catalog-files/index.js';
import { sha256, toCanonicalJson } from '../../../../src/internal/index.js';
import { createDirectory } from '../../../support/directories.js';
import { run as runApp } from '../support.js';

const MODES = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'] as const;

class Plan {
  @plain(oneOf('free', 'paid'), { purpose: 'knowing who is served' }) plan: 'free' | 'paid' = 'free';
}

const Search = defineEvent(
  'code_search',
  {
    mode: plain(oneOf(...MODES)),
    query: textCount({
      withToolsOverPrivacy: 'redact',
      purpose: 'sizing the index | <b>',
      owner: 'search team',
    }),
    repository: hash(),
    results: count({ expires: '2020-01-31' }),
    ms: plain(number({ min: -1e15, max: 0.001 })),
    apiKey: forbidden(),
  },
  { purpose: 'learning what is searched', owner: 'telemetry@acme.example', expires: '2031-01-31' },
);

const EVENTS = [Search, Plan];
const OTHER_EVENTS = [defineEvent('code_search', { query: count() }), Plan];

let project: string;
let state: string;
beforeEach(() => {
  [project, state] = [createDirectory(), createDirectory()];
});

const run = (args: readonly string[], events: readonly object[] = EVENTS, env: Record<string, string> = {}) =>
  runApp(state, ['catalog', ...args], { cwd: project, env, options: { events } });

const read = (name: string) => readFileSync(join(project, name), 'utf8');
const [MD, JSON_FILE] = ['TELEMETRY.md', 'telemetry-catalogue.json'];

describe('catalog --write', () => {
  it('writes a page for people that tells everything there is to say', async () => {
    const { status, stdout, stderr } = await run(['--write']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toBe('✓ TELEMETRY.md was written.\n✓ telemetry-catalogue.json was written.\n');
    const page = read(MD);
    for (const part of [
      '### Event `code_search`',
      '- What it is for: learning what is searched',
      '- Who answers for it: telemetry@acme.example',
      '- No longer collected from 2031-01-31 (UTC)',
      '- Never leaves: `apiKey`',
      '| `query` | its length in characters | `24` | sizing the index \\| &lt;b&gt; | search team |  |',
      '| `results` | how many there are | `3` |  |  | 2020-01-31 |',
      'The labels of `mode`: `a`, `b`, `c`, `d`, `e`, `f`, `g`, `h`, `i`.',
      '### With every event of a session',
      '| `plan` | one of free, paid | `"free"` | knowing who is served |\n\n',
      '## Who receives it\n\n- http://127.0.0.1:9',
      '## What can be linked',
      'repository: pseudonymous',
      '- acme telemetry disable',
      'where you can read it: the folder that acme telemetry status names',
      'jq -cS .catalogue telemetry-catalogue.json',
    ])
      expect(page).toContain(part);
  });

  it('names in its version what `sha256sum` says of what may leave', async () => {
    await run(['--write']);
    const file = JSON.parse(read(JSON_FILE)) as { catalogue: object; version: string };
    const { stdout } = await run(['--json']);
    expect(file.version).toBe((JSON.parse(stdout) as { version: string }).version);
    expect(read(MD)).toContain(`\`${file.version}\``);
    expect(sha256(toCanonicalJson(file.catalogue))).toBe(file.version);
    const script = `jq -cS .catalogue ${JSON_FILE} | tr -d '\\n' | sha256sum`;
    const hasTools = spawnSync('sh', ['-c', 'command -v jq sha256sum']).status === 0;
    if (!hasTools) return;
    const typed = spawnSync('sh', ['-c', script], { cwd: project, encoding: 'utf8' });
    expect(typed.stdout.slice(0, 64)).toBe(file.version);
  });

  it('writes one line of canonical JSON that can be read back as what a yes covers', async () => {
    await run(['--write']);
    const text = read(JSON_FILE);
    expect(text).toBe(`${toCanonicalJson(JSON.parse(text) as object)}\n`);
    const scope = readCatalogueFile(text);
    expect(scope).toMatchObject({ recipient: '127.0.0.1', distinctId: 'session', untyped: false });
    expect(scope?.events.code_search).toMatchObject({ undeclared: false, expires: '2031-01-31' });
    expect(scope?.session).toEqual({
      plan: { conversion: 'plain', domain: { kind: 'enum', labels: ['free', 'paid'] } },
    });
    expect((JSON.parse(text) as { words: object }).words).toMatchObject({
      events: {
        code_search: { owner: 'telemetry@acme.example', fields: { query: { owner: 'search team' } } },
      },
      session: { plan: { purpose: 'knowing who is served' } },
    });
  });

  it('covers no words in the version', async () => {
    await run(['--write']);
    const { version } = JSON.parse(read(JSON_FILE)) as { version: string };
    const bare = [defineEvent('e', { a: count() })];
    const told = [defineEvent('e', { a: count({ purpose: 'x', owner: 'y' }) }, { purpose: 'z', owner: 'w' })];
    const versions = [];
    for (const events of [bare, told]) {
      await run(['--write', '--force'], events);
      versions.push((JSON.parse(read(JSON_FILE)) as { version: string }).version);
    }
    expect(versions[0]).toBe(versions[1]);
    expect(versions[0]).not.toBe(version);
  });

  it('says the same on every machine', async () => {
    await run(['--write']);
    const before = [read(MD), read(JSON_FILE)];
    const env = {
      ACME__TELEMETRY__POSTHOG_HOST: 'https://relay.example',
      ACME__TELEMETRY__RETENTION_DAYS: '3',
      HOME: '/home/ada',
      ACME_DISABLE_TELEMETRY: '1',
      LANG: 'C',
    };
    expect((await run([], EVENTS, env)).stdout).toMatch(/relay\.example[\s\S]* 3 days/);
    expect((await run(['--check'], EVENTS, env)).status).toBe(0);
    await run(['--write'], EVENTS, env);
    expect([read(MD), read(JSON_FILE)]).toEqual(before);
    for (const text of before) expect(text).not.toMatch(/relay\.example|\/home\/|\/tmp\//);
  });

  it('fills the marked part of a README, and nothing else of it', async () => {
    writeFileSync(
      join(project, 'README.md'),
      '# Acme\n\n<!-- telemetry -->\nold\n<!-- /telemetry -->\n\nThe end.\n',
    );
    expect((await run(['--check'])).stderr).toContain('README.md says something else than the code.');
    await run(['--write']);
    expect(read('README.md')).toMatch(
      /^# Acme\n\n<!-- telemetry -->\n\n\| event \| what leaves \| what it is for \|\n[\s\S]*\| `code_search` \| mode, query \(length\), [^\n]* \| learning what is searched \|\n\n[^\n]*TELEMETRY\.md[^\n]*\n\n<!-- \/telemetry -->\n\nThe end\.\n$/,
    );
    expect((await run(['--check'])).status).toBe(0);
  });

  it('fills every marked part of a README, with blanks after the marks too', async () => {
    const part = '<!-- telemetry --> \nold\n<!-- /telemetry -->\t\n';
    writeFileSync(join(project, 'README.md'), `# Acme\n\n${part}\nBetween.\n\n${part}`);
    await run(['--write']);
    expect(read('README.md')).not.toContain('\nold\n');
    expect(read('README.md')).toContain('\nBetween.\n');
    expect(await run(['--check'])).toMatchObject({ status: 0 });
  });

  it('does not pass over a part of a README that nobody has closed', async () => {
    writeFileSync(join(project, 'README.md'), '# Acme\n\n<!-- telemetry -->\nold\n');
    await run(['--write']);
    expect(read('README.md')).toContain('| `code_search` |');
    expect(read('README.md')).toContain('<!-- /telemetry -->');
  });

  it('leaves a README without marks alone', async () => {
    writeFileSync(join(project, 'README.md'), '# Acme\n');
    await run(['--write']);
    expect(read('README.md')).toBe('# Acme\n');
  });

  it('replaces nothing that it has not written, unless told to, and then writes nothing at all', async () => {
    writeFileSync(join(project, MD), '# My own page\n');
    const refused = await run(['--write']);
    expect(refused.status).toBe(1);
    expect(refused.stderr).toMatch(/TELEMETRY\.md that this command has not written.*--force/s);
    expect(readdirSync(project)).toEqual([MD]);
    expect(read(MD)).toBe('# My own page\n');
    expect((await run(['--write', '--force'])).status).toBe(0);
    expect(read(MD)).toContain('code_search');
  });

  it('writes anew what git could not merge', async () => {
    await run(['--write']);
    for (const name of [MD, JSON_FILE])
      writeFileSync(join(project, name), `${read(name)}<<<<<<< HEAD\n${read(name)}=======\n>>>>>>> other\n`);
    expect((await run(['--write'])).status).toBe(0);
    expect((await run(['--check'])).status).toBe(0);
  });

  it('replaces no JSON of somebody else', async () => {
    writeFileSync(join(project, JSON_FILE), '{"events":[]}\n');
    expect((await run(['--write'])).stderr).toMatch(
      /telemetry-catalogue\.json that this command has not written/,
    );
    expect(readdirSync(project)).toEqual([JSON_FILE]);
  });

  it('follows no link', async () => {
    const target = join(state, 'elsewhere.md');
    writeFileSync(target, 'precious');
    symlinkSync(target, join(project, MD));
    for (const args of [['--write'], ['--write', '--force']]) {
      const { status, stderr } = await run(args);
      expect(status).toBe(1);
      expect(stderr).toContain('TELEMETRY.md could not be written: what is there is no ordinary file');
    }
    expect(readFileSync(target, 'utf8')).toBe('precious');
    expect(existsSync(join(project, JSON_FILE))).toBe(false);
  });

  it('writes files that everybody can read, and keeps the permissions of one that is there', async () => {
    await run(['--write', '--out', 'docs']);
    expect(statSync(join(project, 'docs', MD)).mode & 0o777).toBe(0o644);
    chmodSync(join(project, 'docs', MD), 0o664);
    await run(['--write', '--out', 'docs'], OTHER_EVENTS);
    expect(statSync(join(project, 'docs', MD)).mode & 0o777).toBe(0o664);
    expect(readdirSync(join(project, 'docs')).sort()).toEqual([MD, JSON_FILE]);
  });

  it('keeps nothing of its own, and no trace of a decision', async () => {
    await run(['--write']);
    expect(readdirSync(state)).toEqual([]);
  });
});

describe('catalog --check', () => {
  it('is content with what was just written, and writes nothing', async () => {
    await run(['--write']);
    const before = [read(MD), read(JSON_FILE)];
    expect(await run(['--check'])).toEqual({
      status: 0,
      stdout: '✓ TELEMETRY.md, telemetry-catalogue.json: up to date.\n',
      stderr: '',
    });
    expect([read(MD), read(JSON_FILE)]).toEqual(before);
  });

  it('is content with line ends of another system', async () => {
    await run(['--write']);
    writeFileSync(join(project, MD), read(MD).replaceAll('\n', '\r\n'));
    expect((await run(['--check'])).status).toBe(0);
  });

  it('fails where a file is missing or says something else, and says what to type', async () => {
    await run(['--write']);
    const before = read(JSON_FILE);
    const other = join(project, 'other');
    mkdirSync(other);
    expect(await run(['--check', '--out', other])).toMatchObject({
      status: 1,
      stdout: '',
      stderr: expect.stringMatching(
        /TELEMETRY\.md is missing\.\ntelemetry-catalogue\.json is missing\.\n.*--write/,
      ),
    });
    expect(readdirSync(other)).toEqual([]);
    const { status, stderr } = await run(['--check'], OTHER_EVENTS);
    expect(status).toBe(1);
    expect(stderr).toBe(
      'TELEMETRY.md says something else than the code.\n' +
        'telemetry-catalogue.json says something else than the code.\n' +
        'To bring this up to date, type the same with --write in place of --check: acme telemetry catalog --write\n',
    );
    expect(read(JSON_FILE)).toBe(before);
  });

  it('notices a changed word and a flipped byte', async () => {
    const reworded = [defineEvent('code_search', { query: count({ purpose: 'something else' }) }), Plan];
    await run(['--write'], OTHER_EVENTS);
    expect((await run(['--check'], reworded)).status).toBe(1);
    writeFileSync(join(project, JSON_FILE), read(JSON_FILE).replace('"count"', '"hount"'));
    expect((await run(['--check'], OTHER_EVENTS)).stderr).toMatch(
      /^telemetry-catalogue\.json says something else/,
    );
  });
});

describe('what cannot be done', () => {
  it.each([
    [['--write', '--check'], 'One of --json, --write and --check can be done at a time.'],
    [['--write', '--host', 'https://relay.example'], 'Who receives the events stands in the code'],
    [['--check', '--out', ''], 'The value of --out is empty.'],
  ])('%j is refused', async (args, message) => {
    const { status, stderr } = await run(args);
    expect(status).toBe(2);
    expect(stderr).toContain(message);
    expect(readdirSync(project)).toEqual([]);
  });
});

describe('readCatalogueFile', () => {
  it.each(['', 'null', '[]', '{}', '"x"', '{"catalogue":{}}', '{"catalogue":null,"recipient":"x"}'])(
    'takes %j for no catalogue',
    (text) => expect(readCatalogueFile(text)).toBeUndefined(),
  );
});

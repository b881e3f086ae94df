import { execFileSync } from 'node:child_process';
import { parse as parseEnv } from 'dotenv';
import { parse as parseToml } from 'smol-toml';
import { describe, expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { read } from '../../../scripts/documents.js';
import { openTestDatabase } from '../../support/databases.js';
import { isShell } from './check-of.js';
import { callsIn, callsInProse, mistakeIn } from './command-lines.js';
import { DOCUMENTS, readPage } from './documents.js';

const blocks = DOCUMENTS.map(readPage).flatMap(({ path, blocks }) =>
  blocks.map((block) => ({
    ...block,
    place: `${path}:${block.firstLine}`,
    text: `${block.lines.join('\n')}\n`,
  })),
);
const of = (wanted: (block: (typeof blocks)[number]) => boolean) => blocks.filter(wanted);
const parsed = of(({ check }) => check === 'parsed');

const PARSERS: Readonly<Record<string, (text: string) => unknown>> = {
  json: parseJson,
  yaml: parseYaml,
  toml: parseToml,
  env: readEnv,
};

describe('a block of settings or data', () => {
  it.each(parsed)('$place is $language', ({ language, text }) => {
    expect(PARSERS[language]?.(text)).toBeTypeOf('object');
  });
});

describe('the commands of a block, executed or not', () => {
  const shells = of(isShell);

  it.each(shells)('$place are of a shell, and name commands and options that there are', async ({ text }) => {
    execFileSync('bash', ['-n'], { input: text, stdio: ['pipe', 'ignore', 'pipe'] });
    const mistakes = await Promise.all(callsIn(text).map(mistakeIn));
    expect(mistakes.filter((mistake) => mistake !== undefined)).toEqual([]);
  });

  it.each(DOCUMENTS)('in the sentences of %s are such commands too', async (path) => {
    const mistakes = await Promise.all(callsInProse(read(path)).map(mistakeIn));
    expect(mistakes.filter((mistake) => mistake !== undefined)).toEqual([]);
  });

  it('of a workflow are such commands too', async () => {
    const calls = of(({ language }) => language === 'yaml').flatMap(({ text }) => callsIn(text));
    expect(calls.length).toBeGreaterThan(0);
    const mistakes = await Promise.all(calls.map(mistakeIn));
    expect(mistakes.filter((mistake) => mistake !== undefined)).toEqual([]);
  });

  it('are found wherever a command can stand', () => {
    const script =
      'npx sotto serve --roles orgs,web --port 8001 &\nA=$(npx sotto token --app studio)\nX=1 sotto verify --keys "a b" | cat\nacme telemetry status # off';
    expect(callsIn(script).map(({ args }) => args.join(' '))).toEqual([
      'serve --roles orgs,web --port 8001',
      'token --app studio',
      'verify --keys a b',
      'status',
    ]);
  });

  it.each([['sotto stauts --app acme'], ['sotto status --jsno'], ['acme telemetry org status']])(
    'are refused where there is no such command or option: %s',
    async (line) => {
      const mistakes = await Promise.all(callsIn(line).map(mistakeIn));
      expect(mistakes).toEqual([expect.stringContaining('error: ')]);
    },
  );
});

describe('SQL', () => {
  it('runs over the tables that the services make, each block in a database as it was', async () => {
    const statements = of(({ language, check }) => language === 'sql' && check === 'executed');
    const test = await openTestDatabase('pglite');
    try {
      for (const { text, place } of statements)
        expect(await test.query(`BEGIN; ${text}; ROLLBACK;`), place).toBeInstanceOf(Array);
    } finally {
      await test.close();
    }
  });
});

/** One value, or one on each line as in a log. */
function parseJson(text: string): unknown {
  const lines = text.trim().split('\n');
  return lines.length > 1 && lines.every((line) => /^\{.*\}$/.test(line))
    ? lines.map((line) => JSON.parse(line))
    : JSON.parse(text);
}

/** Every line is a comment or sets a variable. */
function readEnv(text: string): object {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  const values = parseEnv(text);
  if (Object.keys(values).length !== lines.length) throw new Error('A line sets no variable.');
  return values;
}

import { execFileSync } from 'node:child_process';
import {
  chownSync,
  lchownSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { readEnvironment } from '../../../src/settings/index.js';

const MAX_BYTES = 65_536;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sotto-environment-'));
});

afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

const NOTHING = { env: process.env, surroundings: expect.any(Array), dotenv: {} };

const writeDotenv = (content: string | Buffer) => writeFileSync(join(folder, '.env'), content);

// Stands first: the parser stays loaded once a test needed it.
it('loads the parser only when there is a .env', () => {
  const isLoaded = () =>
    Object.keys(createRequire(import.meta.url).cache).some((path) => path.includes('node_modules/dotenv/'));
  readEnvironment(folder);
  expect(isLoaded()).toBe(false);
  writeDotenv('A=1');
  readEnvironment(folder);
  expect(isLoaded()).toBe(true);
});

it('returns the environment of the process and nothing else where there is no .env', () => {
  const environment = readEnvironment(folder);
  expect(environment.env).toBe(process.env);
  expect(environment).toEqual(NOTHING);
});

it('reads what a .env says', () => {
  writeDotenv('# a comment\r\nexport A=1\r\nB = "two words" # more\nC=\nD=\'#3\'\n');
  expect(readEnvironment(folder).dotenv).toEqual({ A: '1', B: 'two words', C: '', D: '#3' });
});

it('reads the .env of the working directory unless told otherwise', () => {
  writeDotenv('A=1');
  vi.spyOn(process, 'cwd').mockReturnValue(folder);
  expect(readEnvironment().dotenv).toEqual({ A: '1' });
});

it('never loads a .env into the process, and prints nothing', () => {
  writeDotenv('SOTTO_TEST_CANARY=1');
  const printed = [vi.spyOn(process.stdout, 'write'), vi.spyOn(process.stderr, 'write')];
  const before = { ...process.env };
  readEnvironment(folder);
  expect(process.env).toEqual(before);
  for (const stream of printed) expect(stream).not.toHaveBeenCalled();
});

it('follows a link to a file', () => {
  writeFileSync(join(folder, 'shared.env'), 'A=1');
  symlinkSync(join(folder, 'shared.env'), join(folder, '.env'));
  expect(readEnvironment(folder).dotenv).toEqual({ A: '1' });
});

it.each([
  ['utf8 with a byte order mark', Buffer.from('\uFEFFDO_NOT_TRACK=1', 'utf8')],
  ['the UTF-16 of a Windows shell', Buffer.from('\uFEFFDO_NOT_TRACK=1\r\n', 'utf16le')],
])('understands %s', (_encoding, bytes) => {
  writeDotenv(bytes);
  expect(readEnvironment(folder).dotenv).toEqual({ DO_NOT_TRACK: '1' });
});

it('takes a directory of that name for no .env at all', () => {
  mkdirSync(join(folder, '.env'));
  expect(readEnvironment(folder)).toEqual(NOTHING);
});

it('tells how Node reads it, which is not the same', () => {
  writeDotenv('A="true"x');
  expect(readEnvironment(folder)).toMatchObject({
    dotenv: { A: '"true"x' },
    dotenvOfNode: { A: 'true' },
  });
});

it.runIf(process.platform === 'linux')('reads no endless file, and waits for none', () => {
  symlinkSync('/proc/self/pagemap', join(folder, '.env'));
  expect(readEnvironment(folder)).toMatchObject({ dotenv: {}, isDotenvUnreadable: true });
});

it.runIf(process.getuid?.() === 0)('tells of one, or of a link to one, that belongs to another user', () => {
  writeDotenv('A=1');
  expect(readEnvironment(folder)).not.toHaveProperty('isDotenvForeign');
  chownSync(join(folder, '.env'), 65_534, 65_534);
  expect(readEnvironment(folder)).toMatchObject({ dotenv: { A: '1' }, isDotenvForeign: true });
  chownSync(join(folder, '.env'), 0, 0);
  renameSync(join(folder, '.env'), join(folder, 'own.env'));
  symlinkSync('own.env', join(folder, '.env'));
  expect(readEnvironment(folder)).not.toHaveProperty('isDotenvForeign');
  lchownSync(join(folder, '.env'), 65_534, 65_534);
  expect(readEnvironment(folder)).toMatchObject({ dotenv: { A: '1' }, isDotenvForeign: true });
});

it.skipIf(process.platform === 'win32')('does not wait for a pipe of that name', () => {
  execFileSync('mkfifo', [join(folder, '.env')]);
  expect(readEnvironment(folder)).toEqual(NOTHING);
});

it('reads a file of 64 KB and reports a larger one as unreadable', () => {
  const line = 'A=1\n';
  writeDotenv(line + '#'.repeat(MAX_BYTES - line.length));
  expect(readEnvironment(folder).dotenv).toEqual({ A: '1' });
  writeDotenv(line + '#'.repeat(MAX_BYTES - line.length + 1));
  expect(readEnvironment(folder)).toMatchObject({ dotenv: {}, isDotenvUnreadable: true });
});

it('reports a .env that the system cannot open as unreadable', () => {
  symlinkSync(join(folder, '.env'), join(folder, '.env'));
  expect(readEnvironment(folder)).toMatchObject({ dotenv: {}, isDotenvUnreadable: true });
});

it('takes a working directory that is gone for one without a file', () => {
  vi.spyOn(process, 'cwd').mockImplementation(() => {
    throw new Error('ENOENT: uv_cwd');
  });
  expect(readEnvironment()).toEqual(NOTHING);
});

it.each([
  ['nothing but line ends', '\n'],
  ['unfinished quotes', 'A="\n'],
  ['escaped quotes', '\\"'],
  ['names without values', 'A\n'],
])('is quick with a file full of %s', (_what, piece) => {
  writeDotenv(piece.repeat(Math.floor(MAX_BYTES / piece.length)));
  const start = performance.now();
  readEnvironment(folder);
  // A quadratic parser needs seconds for this; a slow machine needs milliseconds.
  expect(performance.now() - start).toBeLessThan(1_000);
});

it('does not let a .env reach the prototype', () => {
  writeDotenv('__proto__=polluted\nconstructor=1\n');
  const { dotenv } = readEnvironment(folder);
  expect(Object.getPrototypeOf(dotenv)).toBe(Object.prototype);
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});

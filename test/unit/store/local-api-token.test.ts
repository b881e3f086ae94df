import {
  chmodSync,
  chownSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import {
  clearData,
  eraseInstallation,
  exportData,
  openInstallationSecret,
  openLocalApiToken,
  readLocalApiToken,
} from '../../../src/store/index.js';
import { createDirectory, createReadOnlyDirectory, withoutSpecialRights } from '../../support/directories.js';
import { startPrinting } from '../../support/start-printing.js';

const PROGRAM = fileURLToPath(new URL('programs/print-token.ts', import.meta.url));

const NAME = 'local-api-token';
const TOKEN = 'Zm9yIHRlc3RzLCBhbmQgZm9yIG5vdGhpbmcgZWxzZS4';
const refusal = expect.objectContaining({ name: 'StoreError', code: 'STORE_NOT_WRITABLE' });
const onUnix = it.skipIf(process.platform === 'win32');

function plant(content: string | Uint8Array, mode = 0o600): string {
  const directory = createDirectory();
  writeFileSync(join(directory, NAME), content);
  chmodSync(join(directory, NAME), mode);
  return directory;
}

describe('the token', () => {
  it('is not there before somebody asks for it, and reading makes nothing', () => {
    const directory = createDirectory();
    expect(readLocalApiToken(directory)).toBeUndefined();
    expect(readLocalApiToken(join(directory, 'nowhere'))).toBeUndefined();
    expect(readLocalApiToken(undefined)).toBeUndefined();
    expect(readdirSync(directory)).toEqual([]);
  });

  it('is 32 random bytes as base64url, the same from then on', () => {
    const directory = join(createDirectory(), 'acme', 'telemetry');
    const token = openLocalApiToken(directory);
    expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    expect([openLocalApiToken(directory), readLocalApiToken(directory)]).toEqual([token, token]);
    expect(readdirSync(directory)).toEqual([NAME]);
    expect(openLocalApiToken(createDirectory())).not.toBe(token);
  });

  onUnix('can be read by its user only, and so can the directories made for it', () => {
    const home = createDirectory();
    const directory = join(home, 'acme', 'telemetry');
    openLocalApiToken(directory);
    const modes = [join(home, 'acme'), directory, join(directory, NAME)].map(
      (path) => statSync(path).mode & 0o777,
    );
    expect(modes).toEqual([0o700, 0o700, 0o600]);
  });

  it('is replaced when a new one is asked for', () => {
    const directory = createDirectory();
    const before = openLocalApiToken(directory);
    const after = openLocalApiToken(directory, { renew: true });
    expect(after).not.toBe(before);
    expect(readLocalApiToken(directory)).toBe(after);
    expect(readdirSync(directory)).toEqual([NAME]);
  });

  it('stays when the installation is erased and its data cleared, and is not exported', () => {
    const directory = createDirectory();
    openInstallationSecret(directory);
    const token = openLocalApiToken(directory);
    expect([...exportData(directory, {})].join('')).not.toContain(token);
    clearData(directory);
    eraseInstallation(directory);
    expect(readLocalApiToken(directory)).toBe(token);
    expect(readdirSync(directory)).toEqual([NAME]);
  });

  it.each([TOKEN, `${TOKEN}\n`, `${TOKEN}\r\n`])('may have been written by hand: %j', (content) => {
    expect(readLocalApiToken(plant(content))).toBe(TOKEN);
  });
});

describe('a file that is worth nothing as a token', () => {
  const isReplaced = (directory: string) => {
    expect(readLocalApiToken(directory)).toBeUndefined();
    const token = openLocalApiToken(directory);
    expect(token).not.toBe(TOKEN);
    expect(readLocalApiToken(directory)).toBe(token);
    expect(statSync(join(directory, NAME)).mode & 0o777).toBe(0o600);
    expect(readdirSync(directory)).toEqual([NAME]);
  };

  it.each([
    ['empty', ''],
    ['too short', TOKEN.slice(1)],
    ['too long', `${TOKEN}A`],
    ['huge', 'A'.repeat(1_000_000)],
    ['of other characters', TOKEN.replace('Z', '+')],
    ['with a line before it', `\n${TOKEN}`],
    ['binary', new Uint8Array(43)],
  ])('is replaced when it is %s', (_, content) => isReplaced(plant(content)));

  onUnix.each([0o644, 0o640, 0o604, 0o660, 0o622])('is replaced when others have rights: %o', (mode) =>
    isReplaced(plant(TOKEN, mode)),
  );

  onUnix('is replaced when it is a link, whose target is neither read nor changed', () => {
    const [directory, elsewhere] = [createDirectory(), plant(TOKEN)];
    symlinkSync(join(elsewhere, NAME), join(directory, NAME));
    isReplaced(directory);
    expect(readFileSync(join(elsewhere, NAME), 'utf8')).toBe(TOKEN);
  });

  it.skipIf(process.getuid?.() !== 0)('is replaced when it belongs to somebody else', () => {
    const directory = plant(TOKEN);
    chownSync(join(directory, NAME), 65_534, 65_534);
    isReplaced(directory);
  });
});

describe('where no token can be kept', () => {
  it.each<readonly [what: string, prepare: () => string]>([
    [
      'a folder stands in its place',
      () => {
        const directory = createDirectory();
        mkdirSync(join(directory, NAME, 'inside'), { recursive: true });
        return directory;
      },
    ],
    [
      'the directory is a file',
      () => {
        const path = join(createDirectory(), 'telemetry');
        writeFileSync(path, '');
        return path;
      },
    ],
  ])('asking for one says so in words that name no place: %s', (_, prepare) => {
    const directory = prepare();
    expect(readLocalApiToken(directory)).toBeUndefined();
    expect(() => openLocalApiToken(directory)).toThrow(refusal);
    expect(() => openLocalApiToken(directory)).toThrow(
      /^The token of the local API was not made: it cannot be kept, because [^/]+\. Look at [^/]+\.$/,
    );
  });

  onUnix('a read-only directory is left alone', () => {
    const directory = createReadOnlyDirectory();
    expect(() => withoutSpecialRights(() => openLocalApiToken(directory))).toThrow(refusal);
    expect(readdirSync(directory)).toEqual([]);
  });

  onUnix('a directory that others can write to is not used, nor is a token in it', () => {
    const directory = plant(TOKEN);
    chmodSync(directory, 0o777);
    expect(readLocalApiToken(directory)).toBeUndefined();
    expect(() => openLocalApiToken(directory)).toThrow(/others can write to its folder/);
    expect(readFileSync(join(directory, NAME), 'utf8')).toBe(TOKEN);
  });
});

describe('twenty processes that ask at once', () => {
  it('get one token, every time, where there is nothing or no token', async () => {
    const home = createDirectory();
    const directories = Array.from({ length: 20 }, (_, at) => join(home, String(at), 'telemetry'));
    for (const directory of directories.slice(10)) {
      mkdirSync(directory, { recursive: true, mode: 0o700 });
      writeFileSync(join(directory, NAME), 'broken', { mode: 0o600 });
    }
    const programs = await Promise.all(Array.from({ length: 20 }, () => startPrinting(PROGRAM, directories)));
    const [first, ...others] = await Promise.all(programs.map((program) => program.printLines()));
    expect(first).toEqual(directories.map(readLocalApiToken));
    expect(new Set(first).size).toBe(directories.length);
    for (const tokens of others) expect(tokens).toEqual(first);
    for (const directory of directories) expect(readdirSync(directory)).toEqual([NAME]);
  }, 60_000);
});

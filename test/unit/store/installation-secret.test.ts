import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openInstallationSecret } from '../../../src/store/index.js';
import {
  createDirectory,
  createReadOnlyDirectory,
  giveAway,
  withoutSpecialRights,
} from '../../support/directories.js';

const permissions = (path: string) => (statSync(path).mode & 0o777).toString(8);

describe('in a home of its own', () => {
  it('is 32 bytes, the same every time', () => {
    const directory = join(createDirectory(), 'acme', 'telemetry');
    const secret = openInstallationSecret(directory);
    expect(secret).toHaveLength(32);
    expect(openInstallationSecret(directory)).toEqual(secret);
    expect(new Uint8Array(readFileSync(join(directory, 'secret')))).toEqual(secret);
  });

  it('differs from that of any other home', () => {
    expect(openInstallationSecret(createDirectory())).not.toEqual(openInstallationSecret(createDirectory()));
  });

  it('can be read by the user only, and so can the directories made for it', () => {
    const home = createDirectory();
    const directory = join(home, 'acme', 'telemetry');
    openInstallationSecret(directory);
    const paths = [join(home, 'acme'), directory, join(directory, 'secret')];
    expect(paths.map(permissions)).toEqual(['700', '700', '600']);
  });

  it('leaves nothing else behind', () => {
    const directory = createDirectory();
    openInstallationSecret(directory);
    expect(readdirSync(directory)).toEqual(['secret']);
  });
});

describe('when it cannot be kept', () => {
  it('is new for every process that has no directory', () => {
    const secret = openInstallationSecret(undefined);
    expect(secret).toHaveLength(32);
    expect(openInstallationSecret(undefined)).not.toEqual(secret);
  });

  it('is there all the same in a read-only directory, which stays as it is', () => {
    const directory = createReadOnlyDirectory();
    expect(withoutSpecialRights(() => openInstallationSecret(directory))).toHaveLength(32);
    expect(withoutSpecialRights(() => openInstallationSecret(join(directory, 'telemetry')))).toHaveLength(32);
    expect(readdirSync(directory)).toEqual([]);
  });

  it('is there all the same where the directory is a file, which stays as it is', () => {
    const path = join(createDirectory(), 'telemetry');
    writeFileSync(path, 'somebody’s');
    expect(openInstallationSecret(path)).toHaveLength(32);
    expect(readFileSync(path, 'utf8')).toBe('somebody’s');
  });

  it('leaves a file alone that it may not read', () => {
    const directory = createDirectory();
    const path = join(directory, 'secret');
    writeFileSync(path, 'x'.repeat(32));
    chmodSync(directory, 0o777);
    chmodSync(path, 0o200);
    giveAway(path);
    expect(withoutSpecialRights(() => openInstallationSecret(directory))).toHaveLength(32);
    expect(readdirSync(directory)).toEqual(['secret']);
  });
});

describe('a file that is no secret', () => {
  it.each([
    ['empty', ''],
    ['short', 'x'.repeat(31)],
    ['too long', 'x'.repeat(33)],
    ['huge', 'x'.repeat(1_000_000)],
  ])('is kept aside when it is %s', (_, content) => {
    const directory = createDirectory();
    writeFileSync(join(directory, 'secret'), content);
    const secret = openInstallationSecret(directory);
    expect(openInstallationSecret(directory)).toEqual(secret);
    expect(readdirSync(directory).sort()).toEqual(['secret', 'secret.broken-1']);
    expect(readFileSync(join(directory, 'secret.broken-1'), 'utf8')).toBe(content);
  });

  it('stays when it is a folder', () => {
    const directory = createDirectory();
    mkdirSync(join(directory, 'secret', 'inside'), { recursive: true });
    expect(openInstallationSecret(directory)).toHaveLength(32);
    expect(readdirSync(directory)).toEqual(['secret']);
  });

  it('is kept aside, and its target neither read nor changed, when it is a link', () => {
    const directory = createDirectory();
    const target = join(createDirectory(), 'target');
    writeFileSync(target, 'x'.repeat(32));
    symlinkSync(target, join(directory, 'secret'));
    expect(Buffer.from(openInstallationSecret(directory)).toString()).not.toBe('x'.repeat(32));
    expect(readFileSync(target, 'utf8')).toBe('x'.repeat(32));
  });

  it('never takes the name of one kept earlier, and after nine nothing more is kept', () => {
    const directory = createDirectory();
    for (let round = 1; round <= 10; round += 1) {
      writeFileSync(join(directory, 'secret'), `broken ${round}`);
      expect(openInstallationSecret(directory)).toHaveLength(32);
    }
    const kept = (round: number) => readFileSync(join(directory, `secret.broken-${round}`), 'utf8');
    expect([kept(1), kept(2), kept(9)]).toEqual(['broken 1', 'broken 2', 'broken 9']);
    expect(readFileSync(join(directory, 'secret'), 'utf8')).toBe('broken 10');
    expect(readdirSync(directory)).toHaveLength(10);
  });
});

describe('eight processes that start at once', () => {
  it.each([
    ['nothing', undefined],
    ['a broken secret', 'broken'],
  ])('agree on one secret, every time, where there is %s', async (_, content) => {
    const home = createDirectory();
    const directories = Array.from({ length: 100 }, (_, at) => join(home, String(at), 'telemetry'));
    if (content !== undefined) for (const directory of directories) plant(directory, content);
    const programs = await Promise.all(Array.from({ length: 8 }, () => startProgram(directories)));
    const [first, ...others] = await Promise.all(programs.map((program) => program.printSecrets()));
    expect(first).toHaveLength(directories.length);
    for (const secrets of others) expect(secrets).toEqual(first);
    const files = content === undefined ? ['secret'] : ['secret', 'secret.broken-1'];
    for (const directory of directories) expect(readdirSync(directory).sort()).toEqual(files);
  });
});

function plant(directory: string, content: string): void {
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'secret'), content);
}

/** Start a program and wait until it is ready to open the secrets of these directories, one after the other. */
async function startProgram(directories: readonly string[]) {
  const path = fileURLToPath(new URL('print-secrets.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', path, ...directories], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill());
  await once(child.stdout, 'data');
  return {
    async printSecrets() {
      child.stdin.end('go');
      return (await text(child.stdout)).trim().split('\n');
    },
  };
}

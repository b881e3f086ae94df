import { spawnSync } from 'node:child_process';
import { chmodSync, lchownSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { isStateUsable } from '../../../src/store/index.js';
import { createDirectory, createReadOnlyDirectory } from '../../support/directories.js';

it('is so where there is a directory that can be written to, or can be made; nothing is made', () => {
  const home = createDirectory();
  for (const directory of [home, join(home, 'telemetry'), join(home, '.local', 'share', 'acme', 'telemetry')])
    expect(isStateUsable(directory)).toBe(true);
  expect(readdirSync(home)).toEqual([]);
});

it('is so when a directory above is a link, as people do', () => {
  const home = createDirectory();
  symlinkSync(createDirectory(), join(home, 'state'));
  expect(isStateUsable(join(home, 'state', 'acme'))).toBe(true);
});

it.each<[string, (home: string) => string | undefined]>([
  ['there is no place', () => undefined],
  [
    'the place is a file',
    (home) => {
      writeFileSync(join(home, 'state'), '');
      return join(home, 'state');
    },
  ],
  [
    'a file stands above the place',
    (home) => {
      writeFileSync(join(home, 'state'), '');
      return join(home, 'state', 'acme', 'telemetry');
    },
  ],
  [
    'a link above the place leads nowhere',
    (home) => {
      symlinkSync(join(home, 'nowhere'), join(home, 'state'));
      return join(home, 'state', 'acme');
    },
  ],
  [
    'the ledger is a file',
    (home) => {
      writeFileSync(join(home, 'ledger'), '');
      return home;
    },
  ],
  [
    'the ledger is a link',
    (home) => {
      mkdirSync(join(home, 'elsewhere'));
      symlinkSync(join(home, 'elsewhere'), join(home, 'ledger'));
      return home;
    },
  ],
  [
    'others can write to it',
    (home) => {
      chmodSync(home, 0o1777);
      return home;
    },
  ],
  [
    'a group can write to the ledger',
    (home) => {
      mkdirSync(join(home, 'ledger'));
      chmodSync(join(home, 'ledger'), 0o770);
      return home;
    },
  ],
  [
    'it is a link to a place that others can write to',
    (home) => {
      mkdirSync(join(home, 'open'));
      chmodSync(join(home, 'open'), 0o777);
      symlinkSync(join(home, 'open'), join(home, 'state'));
      return join(home, 'state');
    },
  ],
])('is not so when %s', (_, prepare) => {
  expect(isStateUsable(prepare(createDirectory()))).toBe(false);
});

it('is so in a directory for everybody, below which it has one of its own', () => {
  const shared = createDirectory();
  chmodSync(shared, 0o1777);
  mkdirSync(join(shared, 'acme', 'ledger'), { recursive: true, mode: 0o755 });
  expect(isStateUsable(join(shared, 'acme'))).toBe(true);
  expect(isStateUsable(join(shared, 'nowhere'))).toBe(true);
});

it.skipIf(process.getuid?.() !== 0).each(['', 'ledger', 'link'])(
  'is not so when it belongs to another user: %j',
  (name) => {
    const [home, elsewhere] = [createDirectory(), createDirectory()];
    mkdirSync(join(home, 'ledger'));
    symlinkSync(elsewhere, join(home, 'link'));
    const directory = name === 'link' ? join(home, 'link') : home;
    expect(isStateUsable(directory)).toBe(true);
    lchownSync(join(home, name), 65_534, 65_534);
    expect(isStateUsable(directory)).toBe(false);
  },
);

// The system judges by who started the process, so it takes a process of somebody without special rights.
it('is not so where nothing can be written', () => {
  const directory = createReadOnlyDirectory();
  const program = fileURLToPath(new URL('programs/print-usable.ts', import.meta.url));
  const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
  const { stdout } = spawnSync(
    process.execPath,
    ['--import', 'tsx', program, directory, join(directory, 'telemetry'), join(tmpdir(), 'sotto-nowhere')],
    { ...nobody, encoding: 'utf8', env: { ...process.env, TSX_DISABLE_CACHE: '1' } },
  );
  expect(stdout.trim().split('\n')).toEqual(['false', 'false', 'true']);
});

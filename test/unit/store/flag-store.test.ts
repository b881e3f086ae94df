import {
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createFlagStore, type StoredFlags } from '../../../src/store/index.js';
import { createDirectory, createReadOnlyDirectory, withoutSpecialRights } from '../../support/directories.js';

const FLAGS: StoredFlags = new Map([
  ['new_reranker', { value: 'test', version: 3 }],
  ['beta_ui', { value: false, version: undefined }],
]);

it('gives the next process what it was given', () => {
  const directory = join(createDirectory(), 'acme', 'telemetry');
  createFlagStore(directory).write(FLAGS);
  expect(createFlagStore(directory).read()).toEqual(FLAGS);
});

it('sees at once what another process wrote', () => {
  const directory = createDirectory();
  const store = createFlagStore(directory);
  expect(store.read().size).toBe(0);
  createFlagStore(directory).write(FLAGS);
  expect(store.read()).toEqual(FLAGS);
});

it('writes a file that the user can read, and nobody else', () => {
  const directory = join(createDirectory(), 'telemetry');
  createFlagStore(directory).write(FLAGS);
  const path = join(directory, 'flags.json');
  expect([directory, path].map((each) => (statSync(each).mode & 0o777).toString(8))).toEqual(['700', '600']);
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({
    flags: { new_reranker: { value: 'test', version: 3 }, beta_ui: { value: false } },
  });
  expect(readdirSync(directory)).toEqual(['flags.json']);
});

it('touches nothing until it is written to', () => {
  const home = createDirectory();
  const store = createFlagStore(join(home, 'telemetry'));
  store.read();
  store.write(new Map());
  expect(readdirSync(home)).toEqual([]);
});

it('does not write again what is there already', () => {
  const directory = createDirectory();
  const store = createFlagStore(directory);
  store.write(FLAGS);
  const path = join(directory, 'flags.json');
  utimesSync(path, 1, 1);
  store.write(new Map(FLAGS));
  expect(statSync(path).mtimeMs).toBe(1_000);
  store.write(new Map());
  expect(store.read().size).toBe(0);
});

describe('a file that cannot be used', () => {
  it.each([
    ['broken', (path: string) => writeFileSync(path, '{"flags":')],
    [
      'too large',
      (path: string) => writeFileSync(path, `${JSON.stringify({ flags: {} })}${' '.repeat(65_536)}`),
    ],
    ['a link', (path: string) => symlinkSync('/dev/null', path)],
  ])('is no flags, and is replaced by the next write, when it is %s', (_, create) => {
    const directory = createDirectory();
    create(join(directory, 'flags.json'));
    const store = createFlagStore(directory);
    expect(store.read().size).toBe(0);
    store.write(FLAGS);
    expect(store.read()).toEqual(FLAGS);
  });

  it('stays when it is a folder', () => {
    const directory = createDirectory();
    mkdirSync(join(directory, 'flags.json'));
    const store = createFlagStore(directory);
    store.write(FLAGS);
    expect(store.read().size).toBe(0);
    expect(readdirSync(directory)).toEqual(['flags.json']);
  });
});

it('keeps nothing, and throws nothing, in a read-only directory', () => {
  const directory = createReadOnlyDirectory();
  withoutSpecialRights(() => {
    const store = createFlagStore(directory);
    store.write(FLAGS);
    expect(store.read().size).toBe(0);
  });
  expect(readdirSync(directory)).toEqual([]);
});

it('writes nothing that it would refuse to read', () => {
  const directory = createDirectory();
  const long = Array.from(
    { length: 200 },
    (_, at) => [`${at}${'\u0001'.repeat(60)}`, { value: true, version: 1 }] as const,
  );
  createFlagStore(directory).write(new Map(long));
  expect(readdirSync(directory)).toEqual([]);
});

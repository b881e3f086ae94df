import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type StoreError, writeExport } from '../../../src/store/index.js';
import { createDirectory } from '../../support/directories.js';

const PIECES = ['{"a":', '1}\n'];
const refusal = (code: string) => expect.objectContaining({ name: 'StoreError', code });

it('is written whole, for its user only', async () => {
  const directory = createDirectory();
  const path = join(directory, 'my data.json');
  await writeExport({ path, overwrite: false, directory: undefined }, PIECES);
  expect(readFileSync(path, 'utf8')).toBe('{"a":1}\n');
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readdirSync(directory)).toEqual(['my data.json']);
});

it('replaces a file when it may, and makes it its user’s only', async () => {
  const directory = createDirectory();
  const path = join(directory, 'data.json');
  writeFileSync(path, 'earlier', { mode: 0o644 });
  await expect(writeExport({ path, overwrite: false, directory: undefined }, PIECES)).rejects.toEqual(
    refusal('STORE_EXISTS'),
  );
  expect(readFileSync(path, 'utf8')).toBe('earlier');
  await writeExport({ path, overwrite: true, directory: undefined }, PIECES);
  expect(readFileSync(path, 'utf8')).toBe('{"a":1}\n');
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readdirSync(directory)).toEqual(['data.json']);
});

describe('a place that no file can have', () => {
  it.each<[string, string, (directory: string) => void]>([
    ['a folder', 'it', (directory) => mkdirSync(join(directory, 'it'))],
    ['a link', 'it', (directory) => symlinkSync('elsewhere', join(directory, 'it'))],
    ['a pipe, as a device would be', 'it', (directory) => execFileSync('mkfifo', [join(directory, 'it')])],
    ['in a folder that does not exist', 'no/it', () => {}],
    ['below a file', 'file/it', (directory) => writeFileSync(join(directory, 'file'), '')],
    ['of a name too long', 'x'.repeat(300), () => {}],
  ])('is refused, even for overwriting, when it is %s', async (_, name, prepare) => {
    const directory = createDirectory();
    prepare(directory);
    const before = readdirSync(directory);
    const path = join(directory, name);
    await expect(writeExport({ path, overwrite: true, directory: undefined }, PIECES)).rejects.toEqual(
      refusal('STORE_NOT_WRITABLE'),
    );
    expect(readdirSync(directory)).toEqual(before);
  });

  it('is refused in words that name no place', async () => {
    const path = join(createDirectory(), 'no', 'data.json');
    const error: StoreError = await writeExport(
      { path, overwrite: false, directory: undefined },
      PIECES,
    ).catch((thrown) => thrown);
    expect(error.message).toBe(
      'The data was not exported: the file cannot be written, because its folder does not exist. Choose another place.',
    );
  });
});

describe('a file of telemetry itself', () => {
  const names = [
    'telemetry_config.json',
    'Telemetry_Config.JSON',
    'telemetry_config.json.lock',
    'secret',
    'secret.broken-1',
    'flags.json',
    'local-api-token',
    'Local-API-Token',
    'local-api-token.lock',
    'ledger/telemetry_20261121_083000_1b4e28ba.ndjson',
    'ledger/mine.json',
    'crashes/older/mine.json',
    'spool/state.json',
    'spool/mine.json',
  ];

  it.each(names)('is not replaced, nor made: %s', async (name) => {
    const [directory, elsewhere] = [createDirectory(), createDirectory()];
    for (const name of ['ledger', 'spool']) mkdirSync(join(directory, name));
    mkdirSync(join(directory, 'crashes', 'older'), { recursive: true });
    symlinkSync(directory, join(elsewhere, 'link'));
    for (const folder of [directory, join(elsewhere, 'link')]) {
      const refused = writeExport({ path: join(folder, name), overwrite: true, directory }, PIECES);
      await expect(refused).rejects.toEqual(refusal('STORE_NOT_WRITABLE'));
    }
    writeFileSync(join(directory, name), 'kept');
    const refused = writeExport({ path: join(directory, name), overwrite: true, directory }, PIECES);
    await expect(refused).rejects.toEqual(refusal('STORE_NOT_WRITABLE'));
    expect(readFileSync(join(directory, name), 'utf8')).toBe('kept');
  });

  it.each(['mine.json', 'ledger.json', 'secret.json', 'mine/secret', '../mine.json'])(
    'is not what another name beside them stands for: %s',
    async (name) => {
      const directory = join(createDirectory(), 'state');
      mkdirSync(join(directory, 'mine'), { recursive: true });
      await writeExport({ path: join(directory, name), overwrite: false, directory }, PIECES);
      expect(readFileSync(join(directory, name), 'utf8')).toBe('{"a":1}\n');
    },
  );
});

describe('nothing is left behind', () => {
  it('when it is given up', async () => {
    const directory = createDirectory();
    const stop = new AbortController();
    function* pieces() {
      yield '{';
      stop.abort(new Error('Ctrl-C'));
      yield '}';
    }
    const path = join(directory, 'data.json');
    await expect(
      writeExport({ path, overwrite: false, directory: undefined, signal: stop.signal }, pieces()),
    ).rejects.toThrow('Ctrl-C');
    expect(readdirSync(directory)).toEqual([]);
  });

  it('of a file that appeared meanwhile, which stays', async () => {
    const directory = createDirectory();
    const path = join(directory, 'data.json');
    function* pieces() {
      writeFileSync(path, 'somebody’s');
      yield '{}';
    }
    await expect(writeExport({ path, overwrite: false, directory: undefined }, pieces())).rejects.toEqual(
      refusal('STORE_EXISTS'),
    );
    expect(readFileSync(path, 'utf8')).toBe('somebody’s');
    expect(readdirSync(directory)).toEqual(['data.json']);
  });
});

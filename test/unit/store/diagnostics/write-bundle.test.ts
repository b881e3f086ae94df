import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { StoreError } from '../../../../src/store/index.js';
import { asNobody, createDirectory, createReadOnlyDirectory } from '../../../support/directories.js';
import { bundlesIn, files, NAME, NOW, unpack, write } from './support.js';

const refusal = expect.objectContaining({ name: 'StoreError', code: 'STORE_NOT_WRITABLE' });
const DAY_MS = 86_400_000;

/** A bundle of earlier. */
function plant(
  directory: string,
  unique: string,
  ageMs: number,
  name = `acme-diagnostics-20260101_000000-${unique}.zip`,
) {
  const path = join(directory, 'diagnostics', name);
  mkdirSync(join(directory, 'diagnostics'), { recursive: true, mode: 0o700 });
  writeFileSync(path, 'earlier');
  const at = (NOW - ageMs) / 1_000;
  utimesSync(path, at, at);
  return path;
}

describe('a bundle', () => {
  it('holds the three files, and can be unpacked by others', async () => {
    const directory = createDirectory();
    const texts = [['{"a":', '"ü😀"}\n'], ['{}'], ['[]']];
    const { name, path, bytes } = await write(directory, { files: files(texts) });
    expect(name).toMatch(NAME);
    expect(path).toBe(join(directory, 'diagnostics', name));
    expect(bytes).toBe(statSync(path).size);
    expect(Object.entries(unpack(path))).toEqual([
      ['manifest.json', '{"a":"ü😀"}\n'],
      ['telemetry.json', '{}'],
      ['crashes.json', '[]'],
    ]);
    expect(bundlesIn(directory)).toEqual([name]);
  });

  it.skipIf(!existsSync('/usr/bin/unzip'))('passes the test of unzip', async () => {
    const { path } = await write(createDirectory());
    expect(execFileSync('unzip', ['-t', path], { encoding: 'utf8' })).toContain('No errors detected');
  });

  it.skipIf(process.platform === 'win32')('can be read by its user only, and so can its folder', async () => {
    const directory = createDirectory();
    const { path } = await write(directory);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(join(directory, 'diagnostics')).mode & 0o777).toBe(0o700);
  });

  it('is larger than what is in memory: 20 MB of text go in', async () => {
    const directory = createDirectory();
    function* pieces() {
      for (let count = 0; count < 200; count += 1) yield 'x'.repeat(100_000);
    }
    const { path } = await write(directory, { files: files([['{}'], pieces(), ['[]']]) });
    expect(unpack(path)['telemetry.json']).toHaveLength(20_000_000);
  });

  it('has a name of its own, however many are made in one millisecond', async () => {
    const directory = createDirectory();
    const texts = Array.from({ length: 10 }, (_, at) => [[`{"at":${at}}`], ['{}'], ['[]']]);
    const written = await Promise.all(texts.map((text) => write(directory, { files: files(text) })));
    expect(new Set(written.map(({ name }) => name)).size).toBe(10);
    expect(bundlesIn(directory)).toEqual(written.map(({ name }) => name).sort());
    expect(written.map(({ path }) => unpack(path)['manifest.json'])).toEqual(
      texts.map(([text]) => text?.join('')),
    );
  });

  it('tells how far it is', async () => {
    const told: number[] = [];
    await write(createDirectory(), { onProgress: (done, total) => told.push(done / total) });
    expect(told).toEqual([1 / 3, 2 / 3, 1]);
  });
});

describe('of the bundles', () => {
  it('ten stay of a thousand', async () => {
    const directory = createDirectory();
    let last = '';
    let most = 0;
    for (let round = 0; round < 100; round += 1) {
      const written = await Promise.all(
        Array.from({ length: 10 }, () => write(directory, { now: Date.now })),
      );
      last = written.at(-1)?.name ?? '';
      most = Math.max(most, bundlesIn(directory).length);
    }
    expect(most).toBeLessThanOrEqual(20);
    const { name } = await write(directory, { now: Date.now });
    expect(bundlesIn(directory)).toHaveLength(10);
    expect(bundlesIn(directory)).toContain(name);
    expect(last).toMatch(/\.zip$/);
  });

  it('those go that are too old, and no file that is none', async () => {
    const directory = createDirectory();
    plant(directory, 'aaaaaaaa', 31 * DAY_MS);
    plant(directory, 'bbbbbbbb', 29 * DAY_MS);
    plant(directory, '', 99 * DAY_MS, 'holiday.zip');
    const { name } = await write(directory);
    expect(bundlesIn(directory)).toEqual(
      ['acme-diagnostics-20260101_000000-bbbbbbbb.zip', name, 'holiday.zip'].sort(),
    );
  });

  it('the oldest go until the rest is small enough', async () => {
    const directory = createDirectory();
    const [older, newer] = [plant(directory, 'aaaaaaaa', 2 * DAY_MS), plant(directory, 'bbbbbbbb', DAY_MS)];
    const { bytes } = await write(directory);
    expect(bundlesIn(directory)).toHaveLength(3);
    const { name } = await write(directory, { maxBytes: 2 * bytes + 7 });
    expect([existsSync(older), existsSync(newer)]).toEqual([false, true]);
    expect(bundlesIn(directory)).toContain(name);
  });

  it('the new one stays although all others seem to come from the future', async () => {
    const directory = createDirectory();
    for (let count = 0; count < 12; count += 1) plant(directory, `0000000${count.toString(16)}`, -DAY_MS);
    const { name } = await write(directory);
    expect(bundlesIn(directory)).toContain(name);
    expect(bundlesIn(directory)).toHaveLength(10);
  });

  it('what a killed process left goes after a minute, and what another one writes stays', async () => {
    const directory = createDirectory();
    plant(directory, '', 120_000, 'acme-diagnostics-20260101_000000-aaaaaaaa.zip.tmp');
    plant(directory, '', 10_000, 'acme-diagnostics-20260101_000000-bbbbbbbb.zip.tmp');
    const { name } = await write(directory);
    expect(bundlesIn(directory)).toEqual(['acme-diagnostics-20260101_000000-bbbbbbbb.zip.tmp', name].sort());
  });
});

describe('where no bundle can be written', () => {
  it.each<readonly [what: string, prepare: (directory: string) => void]>([
    ['a file stands in the way', (directory) => writeFileSync(join(directory, 'diagnostics'), '')],
    [
      'a link stands in the way',
      (directory) => symlinkSync(createDirectory(), join(directory, 'diagnostics')),
    ],
    [
      'others can write to the folder',
      (directory) => {
        mkdirSync(join(directory, 'diagnostics'));
        chmodSync(join(directory, 'diagnostics'), 0o777);
      },
    ],
  ])('it says so in words that name no place: %s', async (_, prepare) => {
    const directory = createDirectory();
    prepare(directory);
    const error: StoreError = await write(directory).catch((thrown) => thrown);
    expect(error).toEqual(refusal);
    expect(error.message).toMatch(
      /^The diagnostics bundle was not written: [^/]+ because [^/]+\. Look at [^/]+\.$/,
    );
    expect(readdirSync(directory, { recursive: true })).toEqual(['diagnostics']);
  });

  it.skipIf(process.platform === 'win32')('a read-only directory is left alone', async () => {
    const directory = createReadOnlyDirectory();
    await expect(asNobody(() => write(directory))).rejects.toEqual(refusal);
    expect(readdirSync(directory)).toEqual([]);
  });

  it.skipIf(process.platform === 'win32')('half of one that has no room is not left behind', () => {
    const directory = createDirectory();
    const program = fileURLToPath(new URL('programs/write-large.ts', import.meta.url));
    // No file of more than 1 MB can be written.
    const command = 'ulimit -f 2048; exec "$0" --import tsx "$@"';
    const told = execFileSync('sh', ['-c', command, process.execPath, program, directory], {
      encoding: 'utf8',
    });
    expect(told).toMatch(/^STORE_NOT_WRITABLE The diagnostics bundle was not written: [^/]+\n$/);
    expect(bundlesIn(directory)).toEqual([]);
  });

  it('a link among the bundles is removed in its turn, and not followed', async () => {
    const [directory, elsewhere] = [createDirectory(), createDirectory()];
    writeFileSync(join(elsewhere, 'diary'), 'dear diary');
    mkdirSync(join(directory, 'diagnostics'), { mode: 0o700 });
    symlinkSync(
      join(elsewhere, 'diary'),
      join(directory, 'diagnostics', 'acme-diagnostics-20260101_000000-aaaaaaaa.zip'),
    );
    await write(directory, { now: () => Date.now() + 99 * DAY_MS });
    expect(bundlesIn(directory)).toHaveLength(1);
    expect(readFileSync(join(elsewhere, 'diary'), 'utf8')).toBe('dear diary');
  });
});

describe('nothing of it is left', () => {
  it('when it is given up', async () => {
    const directory = createDirectory();
    const stop = new AbortController();
    function* pieces() {
      yield '{';
      stop.abort(new Error('Ctrl-C'));
      yield '}';
    }
    const written = write(directory, { files: files([pieces()]), signal: stop.signal });
    await expect(written).rejects.toThrow('Ctrl-C');
    expect(bundlesIn(directory)).toEqual([]);
  });

  it('and nothing made when it was given up before', async () => {
    const directory = createDirectory();
    const signal = AbortSignal.abort(new Error('Ctrl-C'));
    await expect(write(directory, { signal })).rejects.toThrow('Ctrl-C');
    expect(readdirSync(directory)).toEqual([]);
  });

  it('when what goes in cannot be read, whose error stays as it is', async () => {
    const directory = createDirectory();
    const failure = new Error('unreadable');
    function* pieces(): Generator<string> {
      yield '{';
      throw failure;
    }
    await expect(write(directory, { files: files([['{}'], pieces()]) })).rejects.toBe(failure);
    expect(bundlesIn(directory)).toEqual([]);
  });

  it('when it would be larger than all bundles may be together', async () => {
    const directory = createDirectory();
    await expect(write(directory, { maxBytes: 200 })).rejects.toEqual(refusal);
    expect(bundlesIn(directory)).toEqual([]);
  });
});

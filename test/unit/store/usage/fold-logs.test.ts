import {
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { eraseFile, keepAside, replaceFile } from '../../../../src/internal/index.js';
import { clearData, readUsage } from '../../../../src/store/index.js';
import { type FoldEffects, foldLogs } from '../../../../src/store/usage/fold-logs.js';
import { createDirectory } from '../../../support/directories.js';
import {
  DEAD_PID,
  eventOf,
  featureOf,
  hookOf,
  openTestLog,
  plantFile,
  plantLog,
  STARTED_MS,
  totalOf,
  usageNames,
} from './support.js';

const FILES: FoldEffects = { rename: renameSync, keepAside, replace: replaceFile, erase: eraseFile };
const RECORDS = [
  featureOf('export', 'pdf'),
  eventOf('open', { kind: 'png' }),
  hookOf('on_save', { size: 3 }),
  featureOf('export'),
];

/** Eight logs of processes that ended, each with some records. */
function plantLogs(directory: string, count = 8): void {
  for (let n = 0; n < count; n += 1) plantLog(directory, RECORDS, { createdAtMs: STARTED_MS + 10 * n });
}

const fold = (directory: string, effects?: Partial<FoldEffects>) =>
  foldLogs(join(directory, 'usage'), 'none', { ...FILES, ...effects });

const logNames = (directory: string) =>
  usageNames(directory).filter((name) => /^usage_.*\.ndjson$/.test(name));

it('adds up eight logs of processes that ended when another process begins its own', () => {
  const directory = createDirectory();
  plantLogs(directory);
  const before = readUsage(directory);
  expect(before.features.get('export')).toEqual({
    total: 16,
    lastMs: STARTED_MS + 73,
    variants: new Map([['pdf', 8]]),
  });
  openTestLog(directory).record(featureOf('print'));
  const [total, own = '', ...others] = usageNames(directory);
  expect([total, others]).toEqual(['total.json', []]);
  expect(own).toContain(`usage_${process.pid}_`);
  const { features, ...after } = readUsage(directory);
  expect({ ...after, features: new Map([...features].filter(([name]) => name !== 'print')) }).toEqual(before);
  expect(features.get('print')?.total).toBe(1);
});

it('leaves seven of them as they are', () => {
  const directory = createDirectory();
  plantLogs(directory, 7);
  openTestLog(directory).record(featureOf('print'));
  expect(logNames(directory)).toHaveLength(8);
  expect(totalOf(directory, 'export')).toBe(14);
});

it('leaves logs of living processes alone, unless nothing was written there for a day, or before they started', () => {
  const directory = createDirectory();
  const living = plantLog(directory, RECORDS, { pid: process.ppid });
  const own = plantLog(directory, RECORDS, { pid: process.pid });
  const hanging = plantLog(directory, RECORDS, { pid: process.ppid });
  const before = plantLog(directory, RECORDS, { pid: process.pid });
  const nowS = Date.now() / 1_000;
  utimesSync(join(directory, 'usage', hanging), nowS, nowS - 90_000);
  utimesSync(join(directory, 'usage', before), nowS, nowS - process.uptime() - 10);
  plantLogs(directory);
  fold(directory);
  expect(usageNames(directory)).toEqual([living, own, 'total.json'].sort());
  expect(totalOf(directory, 'export')).toBe(24);
});

it('takes a folder in the place of the total aside, so that the number of files stays bounded', () => {
  const directory = createDirectory();
  plantLogs(directory);
  mkdirSync(join(directory, 'usage', 'total.json'));
  fold(directory);
  expect(usageNames(directory)).toEqual(['total.json', 'total.json.broken-1']);
  expect(totalOf(directory, 'export')).toBe(16);
});

describe('a process that is killed while it adds up', () => {
  const killed = (): never => {
    throw new Error('killed');
  };
  const CRASHES: readonly (readonly [string, () => Partial<FoldEffects>])[] = [
    ['before it sets the first log aside', () => ({ rename: killed })],
    ['when it has set three aside', () => ({ rename: onlySo(3, renameSync) })],
    ['before the new total is published', () => ({ replace: killed })],
    ['before it removes the first log', () => ({ erase: killed })],
    ['when it has removed five', () => ({ erase: onlySo(5, eraseFile) })],
  ];

  /** Does it so many times, and never again. */
  function onlySo<Arguments extends readonly unknown[], Result>(
    count: number,
    work: (...given: Arguments) => Result,
  ): (...given: Arguments) => Result {
    let left = count;
    return (...given) => {
      left -= 1;
      return left >= 0 ? work(...given) : killed();
    };
  }

  it.each(CRASHES)('loses nothing and counts nothing twice: %s', (_, crash) => {
    const directory = createDirectory();
    plantLogs(directory);
    fold(directory);
    plantLogs(directory);
    const before = readUsage(directory);
    expect(before.features.get('export')?.total).toBe(32);
    fold(directory, crash());
    expect(readUsage(directory)).toEqual(before);
    plantLogs(directory);
    fold(directory);
    expect(readUsage(directory).features.get('export')?.total).toBe(48);
    expect(usageNames(directory)).toEqual(['total.json']);
  });

  it('counts nothing twice when more logs are left than are added up in one go', () => {
    const directory = createDirectory();
    plantLogs(directory, 45);
    fold(directory, { erase: killed });
    for (let round = 0; round < 4; round += 1) {
      expect(totalOf(directory, 'export')).toBe(90);
      fold(directory);
    }
    expect(totalOf(directory, 'export')).toBe(90);
  });

  it('forgets the ids of logs once these are gone', () => {
    const directory = createDirectory();
    const merged = () =>
      JSON.parse(readFileSync(join(directory, 'usage', 'total.json'), 'utf8')).merged as string[];
    plantLogs(directory);
    fold(directory, { erase: killed });
    const first = merged();
    expect(first).toHaveLength(8);
    plantLogs(directory);
    fold(directory);
    expect(merged()).toHaveLength(8);
    expect(merged()).not.toContain(first[0]);
  });

  it('leaves nothing of what it was writing', () => {
    const directory = createDirectory();
    plantFile(directory, 'total.json.0123456789abcdef.tmp', '{"feat');
    plantLogs(directory);
    fold(directory);
    expect(usageNames(directory)).toEqual(['total.json']);
  });
});

it('brings nothing back that was cleared while it added up', () => {
  for (const isTotalThere of [false, true]) {
    const directory = createDirectory();
    if (isTotalThere) {
      plantLogs(directory);
      fold(directory);
    }
    plantLogs(directory);
    let isCleared = false;
    fold(directory, {
      rename(from, to) {
        if (isCleared) return;
        renameSync(from, to);
        isCleared = to.length > 0 && logNames(directory).every((name) => !name.includes(String(DEAD_PID)));
        if (isCleared) for (const name of usageNames(directory)) rmSync(join(directory, 'usage', name));
      },
    });
    expect(isCleared).toBe(true);
    expect(readUsage(directory)).toMatchObject({ features: new Map(), events: [] });
  }
});

it('does not bring back a total that was cleared a moment ago, before the logs', () => {
  const directory = createDirectory();
  plantLogs(directory);
  fold(directory);
  plantLogs(directory);
  fold(directory, {
    rename(from, to) {
      renameSync(from, to);
      rmSync(join(directory, 'usage', 'total.json'), { force: true });
    },
  });
  expect(totalOf(directory, 'export')).toBe(16);
});

it('does not count a log that somebody copied twice', () => {
  const directory = createDirectory();
  for (let n = 0; n < 9; n += 1) plantLog(directory, RECORDS, { id: '1b4e28ba-2fa1-4d3e-9c1a-0123456789ab' });
  expect(totalOf(directory, 'export')).toBe(2);
  fold(directory);
  expect(totalOf(directory, 'export')).toBe(2);
  expect(usageNames(directory)).toEqual(['total.json']);
});

describe('what cannot be read', () => {
  it('is a log without its header: it is kept aside, and the others count', () => {
    const directory = createDirectory();
    plantLogs(directory);
    plantFile(
      directory,
      `usage_${DEAD_PID}_0123456789abcdef.ndjson`,
      '{"feature":"export","ts":"2026-11-21"}\n',
    );
    expect(readUsage(directory).isDamaged).toBe(true);
    fold(directory);
    const [total, aside, ...others] = usageNames(directory);
    expect([total, others]).toEqual(['total.json', []]);
    expect(aside).toMatch(/^usage_[0-9a-f]{16}\.ndjson\.broken-1$/);
    expect(readUsage(directory).isDamaged).toBe(true);
    expect(totalOf(directory, 'export')).toBe(16);
    expect(clearData(directory)).toEqual({ deletedFiles: 2, failed: [] });
    expect(readUsage(directory).isDamaged).toBe(false);
  });

  it('is a line in the middle: the rest of its log counts', () => {
    const directory = createDirectory();
    plantLogs(directory);
    const [name = ''] = logNames(directory);
    const path = join(directory, 'usage', name);
    writeFileSync(path, readFileSync(path, 'utf8').replace('{"event"', '\0\0\0\0'));
    expect(readUsage(directory).isDamaged).toBe(true);
    fold(directory);
    expect(usageNames(directory)).toHaveLength(2);
    expect(readUsage(directory)).toMatchObject({ isDamaged: true });
    expect(readUsage(directory).events).toHaveLength(7);
    expect(totalOf(directory, 'export')).toBe(16);
  });

  it('is no last line that is half written, and no log whose process wrote nothing: they are just gone', () => {
    const directory = createDirectory();
    plantLogs(directory, 7);
    const [name = ''] = logNames(directory);
    const path = join(directory, 'usage', name);
    writeFileSync(path, readFileSync(path, 'utf8').slice(0, -5));
    plantFile(directory, 'usage_0123456789abcdef.ndjson', '');
    plantFile(directory, `usage_${DEAD_PID}_0123456789abcdef.ndjson`, '{"id":"1b4e28ba');
    expect(readUsage(directory).isDamaged).toBe(false);
    fold(directory);
    expect(usageNames(directory)).toEqual(['total.json']);
    expect(totalOf(directory, 'export')).toBe(13);
  });

  it.each([
    ['empty', ''],
    ['cut', '{"created_at":null,"merged":[],"fea'],
    ['a list', '[]'],
    ['too large', ' '.repeat(16_777_217)],
    ['nested deep', '['.repeat(1_000_000)],
  ])('is a total that is %s: it is kept aside, and a new one is begun', (_, text) => {
    const directory = createDirectory();
    plantFile(directory, 'total.json', text);
    plantLogs(directory);
    expect(readUsage(directory).isDamaged).toBe(true);
    expect(totalOf(directory, 'export')).toBe(16);
    fold(directory);
    expect(usageNames(directory)).toEqual(['total.json', 'total.json.broken-1']);
    expect(lstatSync(join(directory, 'usage', 'total.json.broken-1')).size).toBe(text.length);
    expect(readUsage(directory).isDamaged).toBe(true);
    expect(totalOf(directory, 'export')).toBe(16);
  });

  it('is a link in the place of the total: what it leads to stays as it is', () => {
    const [directory, elsewhere] = [createDirectory(), createDirectory()];
    writeFileSync(join(elsewhere, 'mine.json'), '{}');
    plantLogs(directory);
    symlinkSync(join(elsewhere, 'mine.json'), join(directory, 'usage', 'total.json'));
    fold(directory);
    expect(totalOf(directory, 'export')).toBe(16);
    expect(readFileSync(join(elsewhere, 'mine.json'), 'utf8')).toBe('{}');
    expect(lstatSync(join(directory, 'usage', 'total.json')).isFile()).toBe(true);
  });

  it('is kept nine times, and then no more', () => {
    const directory = createDirectory();
    for (let round = 0; round < 3; round += 1) {
      for (let n = 0; n < 8; n += 1)
        plantFile(directory, `usage_${round}${n}23456789abcdef.ndjson`, 'nonsense\n');
      fold(directory);
    }
    expect(usageNames(directory)).toHaveLength(9);
  });
});

it('adds up forty logs in two goes', () => {
  const directory = createDirectory();
  plantLogs(directory, 45);
  fold(directory);
  expect(logNames(directory)).toHaveLength(13);
  expect(totalOf(directory, 'export')).toBe(90);
  fold(directory);
  expect(usageNames(directory)).toEqual(['total.json']);
  expect(totalOf(directory, 'export')).toBe(90);
});

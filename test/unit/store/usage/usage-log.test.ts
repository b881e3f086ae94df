import { mkdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { clearData, createUsageLog, readUsage } from '../../../../src/store/index.js';
import { FULL_LOG_BYTES } from '../../../../src/store/usage/limits.js';
import {
  createDirectory,
  createReadOnlyDirectory,
  withoutSpecialRights,
} from '../../../support/directories.js';
import { eventOf, featureOf, hookOf, openTestLog, STARTED_MS, totalOf, usageNames } from './support.js';

it('makes no file and no folder before the first record, nor when it is read', () => {
  const directory = join(createDirectory(), 'telemetry');
  createUsageLog(directory, { now: Date.now });
  expect(readUsage(directory)).toEqual({
    createdAtMs: undefined,
    features: new Map(),
    hooks: new Map(),
    events: [],
    isDamaged: false,
  });
  expect(readUsage(undefined).events).toEqual([]);
  expect(statSync(directory, { throwIfNoEntry: false })).toBeUndefined();
});

it('counts features and their variants, in a file that the user only can read', () => {
  const directory = createDirectory();
  const log = openTestLog(directory);
  const variants = ['dark', undefined, 'light', 'dark'];
  for (const variant of variants) expect(log.record(featureOf('theme.pick', variant))).toBe(true);
  log.record(featureOf('export'));
  const usage = readUsage(directory);
  expect(usage.createdAtMs).toBe(STARTED_MS);
  expect([...usage.features]).toEqual([
    ['export', { total: 1, lastMs: STARTED_MS + 4, variants: new Map() }],
    [
      'theme.pick',
      {
        total: 4,
        lastMs: STARTED_MS + 3,
        variants: new Map([
          ['dark', 2],
          ['light', 1],
        ]),
      },
    ],
  ]);
  const [name = '', ...others] = usageNames(directory);
  expect(others).toEqual([]);
  expect(statSync(join(directory, 'usage')).mode & 0o777).toBe(0o700);
  expect(statSync(join(directory, 'usage', name)).mode & 0o777).toBe(0o600);
});

it('goes on with its file when it is created again, and begins a new one when the data was cleared', () => {
  const directory = createDirectory();
  for (let round = 0; round < 3; round += 1) openTestLog(directory).record(featureOf('export'));
  expect(usageNames(directory)).toHaveLength(1);
  expect(totalOf(directory, 'export')).toBe(3);
  const log = openTestLog(directory);
  expect(clearData(directory)).toEqual({ deletedFiles: 1, failed: [] });
  expect(statSync(join(directory, 'usage'), { throwIfNoEntry: false })).toBeUndefined();
  expect(log.record(featureOf('export'))).toBe(true);
  expect(totalOf(directory, 'export')).toBe(1);
});

it('keeps the last 200 of 205 events, oldest first', () => {
  const directory = createDirectory();
  const log = openTestLog(directory);
  for (let n = 1; n <= 205; n += 1) log.record(eventOf(`event_${n}`, { n }));
  const { events } = readUsage(directory);
  expect(events.map(({ payload }) => payload.n)).toEqual(Array.from({ length: 200 }, (_, at) => at + 6));
  expect(events[0]).toEqual({
    event: 'event_6',
    category: 'custom',
    timeMs: STARTED_MS + 5,
    payload: { n: 6 },
  });
});

it('keeps the order of events of one moment', () => {
  const directory = createDirectory();
  const log = createUsageLog(directory, { now: () => STARTED_MS });
  for (let n = 1; n <= 1_000; n += 1) log.record(eventOf('open', { n }));
  const numbers = readUsage(directory).events.map(({ payload }) => payload.n);
  expect(numbers).toEqual(Array.from({ length: 200 }, (_, at) => at + 801));
});

it('counts seven calls of a hook, and keeps the last five', () => {
  const directory = createDirectory();
  const log = openTestLog(directory);
  for (let n = 1; n <= 7; n += 1) log.record(hookOf('on_asset_saved', { n }));
  const hook = readUsage(directory).hooks.get('on_asset_saved');
  expect(hook).toEqual({
    total: 7,
    lastMs: STARTED_MS + 6,
    samples: [3, 4, 5, 6, 7].map((n) => ({ timeMs: STARTED_MS + n - 1, payload: { n } })),
  });
});

it('counts an event whose payload is too large, or nested too deep, without it', () => {
  const directory = createDirectory();
  const log = openTestLog(directory);
  let deep: object = {};
  for (let depth = 0; depth < 100_000; depth += 1) deep = { deep };
  const fits = { text: 'ü'.repeat(2_000) };
  for (const payload of [fits, { text: 'ü'.repeat(2_100) }, { many: Array(3_000).fill(1) }, deep])
    expect(log.record(eventOf('import', payload))).toBe(true);
  const left = { payload_too_large: true };
  expect(readUsage(directory).events.map(({ payload }) => payload)).toEqual([fits, left, left, left]);
  expect(statSync(join(directory, 'usage', usageNames(directory)[0] ?? '')).size).toBeLessThan(6_000);
});

it('counts names beyond the limits together, so that the sums stay true', () => {
  const directory = createDirectory();
  const log = openTestLog(directory);
  for (let n = 0; n < 510; n += 1) log.record(featureOf(`feature_${n}`, 'a'));
  for (let n = 0; n < 60; n += 1) log.record(featureOf('feature_7', `variant_${n}`));
  for (let n = 0; n < 207; n += 1) log.record(hookOf(`hook_${n}`));
  const { features, hooks } = readUsage(directory);
  expect([features.size, features.get('other')?.total]).toEqual([501, 10]);
  expect(features.get('feature_7')?.total).toBe(61);
  expect([
    features.get('feature_7')?.variants.size,
    features.get('feature_7')?.variants.get('other'),
  ]).toEqual([51, 11]);
  expect([hooks.size, hooks.get('other')?.total]).toEqual([201, 7]);
});

it('finishes a file that is full, adds eight of them up, and counts all of it', () => {
  const directory = createDirectory();
  const log = openTestLog(directory);
  const payload = { text: 'x'.repeat(4_000) };
  const records = Math.ceil((FULL_LOG_BYTES * 20) / 4_000);
  for (let n = 0; n < records; n += 1) expect(log.record(hookOf('on_frame', payload))).toBe(true);
  const names = usageNames(directory);
  expect(names.length).toBeLessThanOrEqual(9);
  expect(names).toContain('total.json');
  expect(readUsage(directory).hooks.get('on_frame')?.total).toBe(records);
});

it('writes nothing through a link in the place of the folder, and says so', () => {
  const [directory, elsewhere] = [createDirectory(), createDirectory()];
  symlinkSync(elsewhere, join(directory, 'usage'));
  expect(openTestLog(directory).record(featureOf('export'))).toBe(false);
  expect(usageNames(directory)).toEqual([]);
  expect(readUsage(directory)).toMatchObject({ events: [], isDamaged: true });
});

it('reads nothing through a link in the place of a file', () => {
  const [directory, elsewhere] = [createDirectory(), createDirectory()];
  openTestLog(elsewhere).record(featureOf('export'));
  mkdirSync(join(directory, 'usage'));
  for (const name of usageNames(elsewhere))
    symlinkSync(join(elsewhere, 'usage', name), join(directory, 'usage', name));
  expect(readUsage(directory)).toMatchObject({ features: new Map(), isDamaged: true });
});

it.each([
  ['in a read-only directory', createReadOnlyDirectory],
  [
    'where a file stands in the way',
    () => {
      const directory = createDirectory();
      writeFileSync(join(directory, 'usage'), 'somebody’s');
      return directory;
    },
  ],
])('says that nothing was counted %s, again and again', (_, createPlace) => {
  const directory = createPlace();
  const log = openTestLog(directory);
  for (let round = 0; round < 3; round += 1)
    expect(withoutSpecialRights(() => log.record(featureOf('export')))).toBe(false);
  expect(readUsage(directory).features.size).toBe(0);
});

it('counts again as soon as it can be written', () => {
  const directory = createDirectory();
  const log = openTestLog(directory);
  writeFileSync(join(directory, 'usage'), 'somebody’s');
  expect(log.record(featureOf('export'))).toBe(false);
  rmSync(join(directory, 'usage'));
  expect(log.record(featureOf('export'))).toBe(true);
  expect(totalOf(directory, 'export')).toBe(1);
});

it('does not throw when the clock tells no time', () => {
  const directory = createDirectory();
  const log = createUsageLog(directory, { now: () => Number.NaN });
  expect(log.record(featureOf('export'))).toBe(false);
});

import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { exportData, listSessions, readSession } from '../../../src/store/index.js';
import { createDirectory } from '../../support/directories.js';
import { buildEvent, MORNING, openTestLedger } from './ledger/support.js';
import { eventOf, featureOf, hookOf, openTestLog } from './usage/support.js';

const CRASH = 'crash_20261121_083000_1b4e28ba.json';
const CONFIG = { telemetry_enabled: true, user_id: null };
const NO_USAGE = { features: {}, hooks: {}, events: [] };
const exported = (directory: string | undefined) => JSON.parse([...exportData(directory, CONFIG)].join(''));

it('is what was recorded, and what is said about consent', () => {
  const directory = createDirectory();
  const ledger = openTestLedger(directory);
  ledger.record(buildEvent('ü', { text: 'line one\nline two' }), MORNING);
  ledger.flush();
  mkdirSync(join(directory, 'crashes', 'old'), { recursive: true });
  writeFileSync(join(directory, 'crashes', CRASH), '{"error_type":"TypeError"}');
  writeFileSync(join(directory, 'crashes', 'old', CRASH), '{"error_');
  writeFileSync(join(directory, 'crashes', 'crash_course.md'), 'somebody’s');
  writeFileSync(join(directory, 'ledger', 'telemetry_thesis.odt'), 'somebody’s');
  const [file] = listSessions(directory);
  expect(exported(directory)).toEqual({
    config: CONFIG,
    telemetry_files: [{ filename: file?.name, data: file && readSession(file) }],
    crash_files: [
      { filename: CRASH, data: { error_type: 'TypeError' } },
      { filename: `old/${CRASH}`, data: '{"error_' },
    ],
    usage: NO_USAGE,
  });
});

it.each([
  ['there is no place for files', () => undefined],
  ['nothing was recorded', createDirectory],
])('is whole without any data, when %s', (_, place) => {
  expect(exported(place())).toEqual({
    config: CONFIG,
    telemetry_files: [],
    crash_files: [],
    usage: NO_USAGE,
  });
});

it('has the counters', () => {
  const directory = createDirectory();
  const log = openTestLog(directory);
  const records = [
    featureOf('export', 'pdf'),
    featureOf('print'),
    featureOf('__proto__'),
    hookOf('on_save', { size: 3 }),
  ];
  for (const record of [...records, eventOf('open', { kind: 'png' })]) expect(log.record(record)).toBe(true);
  const text = [...exportData(directory, CONFIG)].join('');
  expect(text).toContain('"__proto__":{"total":1');
  const { features, hooks, events } = exported(directory).usage;
  expect(Object.entries(features)).toEqual([
    ['__proto__', { total: 1, last_ts: '2026-11-21T08:30:00.002Z' }],
    ['export', { total: 1, last_ts: '2026-11-21T08:30:00.000Z', variants: { pdf: 1 } }],
    ['print', { total: 1, last_ts: '2026-11-21T08:30:00.001Z' }],
  ]);
  const last_ts = '2026-11-21T08:30:00.003Z';
  expect(hooks).toEqual({ on_save: { total: 1, last_ts, samples: [{ ts: last_ts, payload: { size: 3 } }] } });
  const event = { event: 'open', category: 'custom', ts: '2026-11-21T08:30:00.004Z' };
  expect(events).toEqual([{ ...event, payload: { kind: 'png' } }]);
});

it('has nothing of what a link leads to', () => {
  const directory = createDirectory();
  mkdirSync(join(directory, 'crashes'));
  symlinkSync('/etc/hostname', join(directory, 'crashes', CRASH));
  expect(exported(directory).crash_files).toEqual([{ filename: CRASH, data: null }]);
});

it('comes one file at a time, and says how far it is', () => {
  const directory = createDirectory();
  const ledger = openTestLedger(directory);
  for (const n of [1, 2, 3]) ledger.record(buildEvent(n), `${n}0000000`);
  ledger.flush();
  const steps: string[] = [];
  const pieces = [...exportData(directory, CONFIG, (done, total) => steps.push(`${done} of ${total}`))];
  expect(pieces.filter((piece) => piece.includes('"filename"'))).toHaveLength(3);
  expect(steps).toEqual(['1 of 3', '2 of 3', '3 of 3']);
});

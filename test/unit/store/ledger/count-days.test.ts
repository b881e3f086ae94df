import { appendFileSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createDayCounter } from '../../../../src/store/index.js';
import { countLines } from '../../../../src/store/ledger/count-days.js';
import { createDirectory } from '../../../support/directories.js';
import { buildEvent, DAY_MS, formatEnd, formatRecord, STARTED_MS, toWire } from './support.js';

const record = (atMs: number, uuid: string) => formatRecord(atMs, toWire(buildEvent(uuid)));

function createLedgerFile(lines: string, modifiedMs = STARTED_MS) {
  const directory = createDirectory();
  mkdirSync(join(directory, 'ledger'));
  const path = join(directory, 'ledger', 'telemetry_20261121_083000_1b4e28ba.ndjson');
  writeFileSync(path, lines);
  utimesSync(path, modifiedMs / 1_000, modifiedMs / 1_000);
  return { directory, path };
}

describe('counting days', () => {
  it('counts each event on the day it was recorded, and on the day it was sent', async () => {
    const lines =
      record(STARTED_MS - DAY_MS, 'a') + record(STARTED_MS, 'b') + formatEnd(STARTED_MS, 'sent', ['a', 'b']);
    const { directory } = createLedgerFile(lines);
    const counts = await createDayCounter(directory).count(3, STARTED_MS);
    expect(counts).toEqual({
      days: [
        { day: '2026-11-19', recorded: 0, sent: 0 },
        { day: '2026-11-20', recorded: 1, sent: 0 },
        { day: '2026-11-21', recorded: 1, sent: 2 },
      ],
      lastSentAt: '2026-11-21T08:30:00.000Z',
    });
  });

  it('counts an event once that two processes saw accepted, and none that was dropped', () => {
    const ends =
      formatEnd(STARTED_MS, 'sent', ['a', 'b']) +
      formatEnd(STARTED_MS, 'sent', ['b']) +
      formatEnd(STARTED_MS, 'expired', ['c']);
    expect([...countLines(Buffer.from(ends)).sent]).toEqual([['2026-11-21', 2]]);
  });

  it('passes over lines that are half written, and what is no line of the ledger', () => {
    const torn = record(STARTED_MS, 'a').slice(0, 60);
    const text = `${torn}\n${record(STARTED_MS, 'b')}{"recorded_at":"yesterday!"}\nnothing\n${torn}`;
    expect([...countLines(Buffer.from(text)).recorded]).toEqual([['2026-11-21', 1]]);
  });

  it('sees what is added, and does not read again what is as it was', async () => {
    const { directory, path } = createLedgerFile(record(STARTED_MS, 'a'));
    const counter = createDayCounter(directory);
    const today = async () => (await counter.count(1, STARTED_MS)).days[0]?.recorded;
    expect(await today()).toBe(1);
    appendFileSync(path, record(STARTED_MS, 'b'));
    expect(await today()).toBe(2);
    writeFileSync(path, record(STARTED_MS, 'x') + record(STARTED_MS - DAY_MS, 'y'));
    utimesSync(path, STARTED_MS / 1_000, STARTED_MS / 1_000);
    expect(await today()).toBe(1);
    writeFileSync(path, record(STARTED_MS, 'x') + record(STARTED_MS, 'y'));
    utimesSync(path, STARTED_MS / 1_000, STARTED_MS / 1_000);
    expect(await today()).toBe(1);
  });

  it('has every day where there is no ledger', async () => {
    const { days } = await createDayCounter(undefined).count(90, STARTED_MS);
    expect(days).toHaveLength(90);
  });
});

import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SanitizedEvent } from '../../../../src/privacy/index.js';
import {
  finishWaiting,
  listSessions,
  listWaiting,
  readWaiting,
  type SpoolNotes,
  settleWaiting,
} from '../../../../src/store/index.js';
import { createDirectory } from '../../../support/directories.js';
import {
  endLine,
  makeOld,
  notesOf,
  OTHER_FILE,
  plantLedgerFile,
  plantReleased,
  recordLine,
  spoolNames,
} from '../spool/support.js';
import {
  buildEvent,
  DAY_MS,
  EVENING,
  letWritingTimePass,
  linesOf,
  MORNING,
  openTestLedger,
  STARTED_MS,
  type TestLedger,
  uuidOf,
} from './support.js';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const BASE = 'telemetry_20261121_083000_1b4e28ba';
const FILE = `${BASE}.ndjson`;
const HELD = `${BASE}.${process.pid}.held.json`;
const RELEASED = `${BASE}.released.json`;
const LATER_HELD = `telemetry_20261121_083000_9f8e7d6c.${process.pid}.held.json`;

const event = (n: number, properties?: object): SanitizedEvent => buildEvent(uuidOf(n), properties);
const open = (directory: string, limits = {}): TestLedger =>
  openTestLedger(directory, limits, notesOf(directory, process.pid));
const isAliveNowhere = () => false;
const waitingIn = (directory: string) =>
  listWaiting(directory).flatMap(({ fileName }) => readWaiting(directory, fileName)?.events ?? []);
const uuidsOf = (events: readonly SanitizedEvent[]) => events.map(({ uuid }) => uuid);

function recordAll(ledger: TestLedger, events: readonly SanitizedEvent[], session = MORNING): void {
  for (const each of events) ledger.record(each, session);
}

describe('while a process sends its events itself', () => {
  it('it holds a note of their file from the first line on, and others leave them alone', () => {
    const directory = createDirectory();
    const ledger = open(directory);
    recordAll(ledger, [event(1)]);
    expect(readdirSync(directory)).toEqual([]);
    letWritingTimePass();
    expect(spoolNames(directory)).toEqual([HELD]);
    expect(listWaiting(directory)).toEqual([]);
    expect(listWaiting(directory, isAliveNowhere).map(({ fileName }) => fileName)).toEqual([FILE]);
  });

  it('the note is there before the lines are, and after them', () => {
    const directory = createDirectory();
    const stood: boolean[] = [];
    const notes = notesOf(directory, process.pid);
    const spool: SpoolNotes = {
      ...notes,
      hold: (fileName) => {
        notes.hold(fileName);
        stood.push(existsSync(join(directory, 'ledger', fileName)));
        // As one who sees nothing that waits does at this moment.
        finishWaiting(directory, fileName);
      },
    };
    const ledger = openTestLedger(directory, {}, spool);
    recordAll(ledger, [event(1)]);
    ledger.flush();
    expect(stood).toEqual([false, true]);
    expect(spoolNames(directory)).toEqual([HELD]);
  });

  it('there is no note of what ended before it was written, nor of a request for flags', () => {
    const directory = createDirectory();
    const ledger = open(directory);
    const events = [event(1)];
    recordAll(ledger, events);
    ledger.settle(events, 'too_large');
    ledger.noteFlagsRequest(MORNING, 'id');
    expect(readdirSync(directory)).toEqual(['ledger']);
  });

  it('a note goes with the last event of a file that is not written any more', () => {
    const directory = createDirectory();
    const ledger = open(directory);
    const [first, second, third] = [event(1), event(2), event(3)];
    recordAll(ledger, [first, second]);
    recordAll(ledger, [third], EVENING);
    ledger.flush();
    expect(spoolNames(directory)).toEqual([HELD, LATER_HELD]);
    ledger.settle([first], 'sent');
    ledger.flush();
    expect(spoolNames(directory)).toEqual([HELD, LATER_HELD]);
    ledger.settle([second, third], 'sent');
    ledger.flush();
    expect(spoolNames(directory)).toEqual([LATER_HELD]);
  });

  it('a note is released when the rest of such a file is left to others', () => {
    const directory = createDirectory();
    const ledger = open(directory);
    const [first, second, third] = [event(1), event(2), event(3)];
    recordAll(ledger, [first, second]);
    ledger.leave([second]);
    recordAll(ledger, [third], EVENING);
    ledger.flush();
    expect(spoolNames(directory)).toEqual([HELD, LATER_HELD]);
    ledger.settle([first], 'sent');
    ledger.flush();
    expect(spoolNames(directory)).toEqual([RELEASED, LATER_HELD]);
    expect(uuidsOf(waitingIn(directory))).toEqual([uuidOf(2)]);
  });

  it('a note comes back with what is written again because its file was removed', () => {
    const directory = createDirectory();
    const ledger = open(directory);
    const events = [event(1)];
    recordAll(ledger, events);
    ledger.flush();
    for (const folder of ['ledger', 'spool']) rmSync(join(directory, folder), { recursive: true });
    expect(ledger.keep(events)).toBe(true);
    expect(spoolNames(directory)).toEqual([HELD]);
    ledger.settle(events, 'sent');
    recordAll(ledger, [event(2)], EVENING);
    ledger.flush();
    expect(spoolNames(directory)).toEqual([LATER_HELD]);
  });

  it('what is written again has the time at which it was recorded', () => {
    const directory = createDirectory();
    const ledger = open(directory);
    const events = [event(1), event(2)];
    for (const each of events) {
      ledger.record(each, MORNING);
      ledger.nowMs += 7;
    }
    ledger.flush();
    const records = () => linesOf(directory, FILE).map((line) => JSON.parse(line).recorded_at);
    const times = records();
    rmSync(join(directory, 'ledger'), { recursive: true });
    expect(ledger.keep(events)).toBe(true);
    expect(records().slice(1)).toEqual(times.slice(1));
    expect(new Set(times).size).toBe(3);
  });
});

describe('at the end of a process', () => {
  it('what was neither settled nor left is left to others, with what was not written yet', () => {
    const directory = createDirectory();
    const ledger = open(directory);
    const events = [1, 2, 3].map((n) => event(n));
    recordAll(ledger, events.slice(0, 2));
    ledger.flush();
    recordAll(ledger, events.slice(2));
    ledger.settle(events.slice(0, 1), 'sent');
    ledger.close();
    expect(spoolNames(directory)).toEqual([RELEASED]);
    expect(uuidsOf(waitingIn(directory))).toEqual([2, 3].map(uuidOf));
    ledger.close();
    expect(spoolNames(directory)).toEqual([RELEASED]);
  });

  it('no note is left of files in which nothing waits', () => {
    const directory = createDirectory();
    const ledger = open(directory);
    const events = [event(1), event(2)];
    recordAll(ledger, events);
    ledger.flush();
    ledger.settle(events.slice(0, 1), 'sent');
    ledger.settle(events.slice(1), 'rejected_by_server');
    ledger.close();
    expect(spoolNames(directory)).toEqual([]);
  });

  it('everything of every file waits for others, once', () => {
    const directory = createDirectory();
    const ledger = open(directory);
    const events = Array.from({ length: 250 }, (_, n) => event(n, { text: 'x'.repeat(9_000) }));
    recordAll(ledger, events);
    ledger.leave(events.slice(0, 100));
    ledger.close();
    expect(listSessions(directory).length).toBeGreaterThan(2);
    expect(uuidsOf(waitingIn(directory))).toEqual(uuidsOf(events));
  });

  it('notes are released also when nothing can be written by then', () => {
    const directory = createDirectory();
    const ledger = open(directory);
    recordAll(ledger, [event(1)]);
    ledger.flush();
    const path = join(directory, 'ledger', FILE);
    rmSync(path);
    mkdirSync(path);
    recordAll(ledger, [event(2)]);
    ledger.close();
    expect(ledger.failures).toBe(1);
    expect(spoolNames(directory)).toEqual([RELEASED]);
  });
});

describe('without consent', () => {
  it.each<[string, (ledger: TestLedger) => void]>([
    ['what was recorded is discarded', (ledger) => ledger.discard()],
    [
      'nothing may be written',
      (ledger) => {
        ledger.mayWrite = false;
        ledger.flush();
      },
    ],
    [
      'the process ends',
      (ledger) => {
        ledger.mayWrite = false;
        ledger.close();
      },
    ],
  ])('nothing is left to others when %s', (_, revoke) => {
    const directory = createDirectory();
    const ledger = open(directory);
    recordAll(ledger, [event(1)]);
    recordAll(ledger, [event(2)], EVENING);
    ledger.flush();
    revoke(ledger);
    expect(spoolNames(directory)).toEqual([]);
    ledger.close();
    expect(spoolNames(directory)).toEqual([]);
    expect(listSessions(directory)).toHaveLength(2);
  });

  it('notes are made anew for what is recorded under the next one', () => {
    const directory = createDirectory();
    const ledger = open(directory);
    recordAll(ledger, [event(1)]);
    ledger.flush();
    ledger.discard();
    recordAll(ledger, [event(2)]);
    ledger.flush();
    expect(spoolNames(directory)).toEqual([HELD]);
  });

  it('there never is a note in a ledger of what is not sent', () => {
    const directory = createDirectory();
    const ledger = openTestLedger(directory);
    recordAll(ledger, [event(1)]);
    ledger.close();
    expect(readdirSync(directory)).toEqual(['ledger']);
  });
});

describe('what goes for room or with its age', () => {
  const LARGE = { text: 'x'.repeat(9_000) };

  it('is told of when it waited, of other processes too, and its notes go', () => {
    const directory = createDirectory();
    const lines = [recordLine(1), recordLine(2), recordLine(3), endLine('sent', 2)].join('');
    makeOld(plantLedgerFile(directory, OTHER_FILE, lines), 40 * DAY_MS);
    plantReleased(directory, OTHER_FILE);
    const ledger = open(directory);
    ledger.nowMs = Date.now();
    recordAll(ledger, [event(4)]);
    ledger.close();
    expect(ledger.removed).toEqual([['expired', 2]]);
    expect(spoolNames(directory)).toHaveLength(1);
    expect(uuidsOf(waitingIn(directory))).toEqual([uuidOf(4)]);
  });

  it.each<[string, number[], number]>([
    ['all that a process has left, without reading it, while nobody touched its file', [], 3],
    ['what is left of it when others have sent some', [2], 2],
    ['nothing when others have sent all of it', [1, 2, 3], 0],
  ])('is told of as %s', (_, sent, told) => {
    const directory = createDirectory();
    const ledger = open(directory);
    const events = [1, 2, 3].map((n) => event(n));
    recordAll(ledger, events);
    ledger.leave(events);
    recordAll(ledger, [event(4)], EVENING);
    ledger.flush();
    expect(spoolNames(directory)).toEqual([RELEASED, LATER_HELD]);
    const path = join(directory, 'ledger', FILE);
    if (sent.length > 0) settleWaiting(directory, FILE, sent.map(uuidOf), 'sent', STARTED_MS);
    else writeFileSync(path, ' '.repeat(statSync(path).size));
    makeOld(path, 40 * DAY_MS);
    ledger.nowMs = Date.now();
    recordAll(ledger, [event(5)], MORNING);
    ledger.flush();
    expect(existsSync(path)).toBe(false);
    expect(ledger.removed).toEqual(told === 0 ? [] : [['expired', told]]);
  });

  it('is not told of where nothing waited: without a note, or all sent', () => {
    const directory = createDirectory();
    const sent = [recordLine(1), endLine('sent', 1)].join('');
    makeOld(plantLedgerFile(directory, OTHER_FILE), 40 * DAY_MS);
    makeOld(plantLedgerFile(directory, OTHER_FILE.replace('9f', '00'), sent), 40 * DAY_MS);
    plantReleased(directory, OTHER_FILE.replace('9f', '00'));
    const ledger = open(directory);
    ledger.nowMs = Date.now();
    recordAll(ledger, [event(4)]);
    ledger.flush();
    expect(ledger.removed).toEqual([]);
    expect(listSessions(directory)).toHaveLength(1);
  });

  it('is what a process that says much has left to others, and every event is told of or still there', () => {
    const directory = createDirectory();
    const ledger = open(directory, { maxLedgerBytes: 400_000 });
    const events = Array.from({ length: 200 }, (_, n) => event(n, LARGE));
    for (const each of events) {
      ledger.record(each, MORNING);
      ledger.leave([each]);
      ledger.flush();
    }
    ledger.close();
    const lost = ledger.removed.reduce((sum, [, count]) => sum + count, 0);
    expect(new Set(ledger.removed.map(([reason]) => reason))).toEqual(new Set(['store_full']));
    expect(lost + waitingIn(directory).length).toBe(200);
    expect(lost).toBeGreaterThan(100);
  });

  it('is not lost while the process has it in memory, and told of at its end when it was not sent', () => {
    const directory = createDirectory();
    const ledger = open(directory, { maxLedgerBytes: 400_000 });
    const events = Array.from({ length: 200 }, (_, n) => event(n, LARGE));
    for (const each of events) {
      ledger.record(each, MORNING);
      ledger.flush();
    }
    expect(ledger.removed).toEqual([]);
    ledger.close();
    const lost = ledger.removed.reduce((sum, [, count]) => sum + count, 0);
    expect(lost + waitingIn(directory).length).toBe(200);
  });

  it('is not what another process said, when this one says much', () => {
    const directory = createDirectory();
    plantLedgerFile(directory, OTHER_FILE);
    plantReleased(directory, OTHER_FILE);
    const ledger = open(directory, { maxLedgerBytes: 400_000 });
    for (let n = 10; n < 200; n += 1) {
      ledger.record(event(n, LARGE), MORNING);
      ledger.flush();
    }
    expect(uuidsOf(waitingIn(directory))).toEqual([uuidOf(1)]);
  });
});

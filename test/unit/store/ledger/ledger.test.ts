import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  createLedger,
  type Ledger,
  listSessions,
  MAX_WAITING,
  readSession,
} from '../../../../src/store/index.js';
import {
  createDirectory,
  createReadOnlyDirectory,
  withoutSpecialRights,
} from '../../../support/directories.js';
import {
  buildEvent,
  contentOf,
  DAY_MS,
  EVENING,
  ledgerNames,
  letWritingTimePass,
  linesOf,
  MORNING,
  openTestLedger,
  STARTED_MS,
  toWire,
} from './support.js';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const MORNING_FILE = 'telemetry_20261121_083000_1b4e28ba.ndjson';
const recorded = (directory: string) =>
  listSessions(directory).flatMap((file) => readSession(file)?.events.map(({ uuid }) => uuid) ?? []);

describe('the process', () => {
  it('is listened to only while something waits to be written', () => {
    const before = process.listenerCount('exit');
    const ledgers = [openTestLedger(createDirectory()), openTestLedger(createDirectory())];
    for (const ledger of ledgers) ledger.record(buildEvent(1), MORNING);
    expect(process.listenerCount('exit')).toBe(before + 1);
    for (const ledger of ledgers) ledger.flush();
    expect(process.listenerCount('exit')).toBe(before);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('a request for flags', () => {
  it('is written at once, with the id it leaves under, below what was recorded before', () => {
    const directory = createDirectory();
    const ledger = openTestLedger(directory);
    expect(ledger.noteFlagsRequest(MORNING, 'first')).toBe(true);
    expect(linesOf(directory)).toHaveLength(2);
    ledger.record(buildEvent(1), MORNING);
    ledger.nowMs += 1_000;
    expect(ledger.noteFlagsRequest(MORNING, 'second')).toBe(true);
    expect(ledgerNames(directory)).toEqual([MORNING_FILE]);
    expect(contentOf(directory)).toBe('{"flags_asked_at":"2026-11-21T08:30:01.000Z","distinct_id":"second"}');
    expect(readSession({ path: join(directory, 'ledger', MORNING_FILE) })).toMatchObject({
      events: [{ uuid: '1' }],
      flags_requests: [
        { asked_at: '2026-11-21T08:30:00.000Z', distinct_id: 'first' },
        { asked_at: '2026-11-21T08:30:01.000Z', distinct_id: 'second' },
      ],
      skipped_lines: 0,
    });
  });

  it('finds what waits of an earlier session in its own file', () => {
    const directory = createDirectory();
    const ledger = openTestLedger(directory);
    ledger.record(buildEvent(1), MORNING);
    ledger.flush();
    ledger.nowMs += 1_000;
    ledger.record(buildEvent(2), MORNING);
    ledger.noteFlagsRequest(EVENING, 'id');
    expect(ledgerNames(directory)).toHaveLength(2);
    expect(recorded(directory)).toEqual(['1', '2']);
  });

  it('says when there is no place for it', () => {
    const directory = createDirectory();
    writeFileSync(join(directory, 'ledger'), '');
    const ledger = openTestLedger(directory);
    expect(ledger.noteFlagsRequest(MORNING, 'id')).toBe(false);
    expect(ledger.failures).toBe(1);
  });
});

describe('what is about to leave', () => {
  it('is written when it waits, and looked at when it stands there', () => {
    const directory = createDirectory();
    const ledger = openTestLedger(directory);
    const event = buildEvent(1);
    ledger.record(event, MORNING);
    expect([ledger.keep([event]), ledger.keep([event]), ledger.keep([])]).toEqual([true, true, true]);
    expect(linesOf(directory)).toHaveLength(2);
  });

  it.each(['file', 'folder'])('is written again where it stood when the %s was removed', (removed) => {
    const directory = createDirectory();
    const ledger = openTestLedger(directory);
    const events = [buildEvent(1), buildEvent(2, {}, EVENING), buildEvent(3)];
    for (const [at, event] of events.entries()) ledger.record(event, at === 1 ? EVENING : MORNING);
    ledger.flush();
    const before = listSessions(directory).map((file) => readSession(file)?.events);
    const folder = join(directory, 'ledger');
    rmSync(removed === 'file' ? join(folder, MORNING_FILE) : folder, { recursive: true });
    ledger.nowMs += 5_000;
    expect(ledger.keep(events)).toBe(true);
    expect(listSessions(directory).map((file) => readSession(file)?.events)).toEqual(before);
    ledger.settle(events, 'sent');
    ledger.flush();
    const after = listSessions(directory).flatMap((file) => readSession(file)?.events ?? []);
    expect(after.map(({ sent_at }) => sent_at)).toEqual(Array(3).fill('2026-11-21T08:30:05.000Z'));
  });

  it('is written again when the file was removed and begun again since', () => {
    const directory = createDirectory();
    const ledger = openTestLedger(directory);
    const [first, second] = [buildEvent(1), buildEvent(2, { text: 'longer than the first one' })];
    ledger.record(first, MORNING);
    ledger.flush();
    rmSync(join(directory, 'ledger', MORNING_FILE));
    ledger.record(second, MORNING);
    expect(ledger.keep([first, second])).toBe(true);
    expect(recorded(directory)).toEqual(['2', '1']);
  });

  it('is not what was never recorded here, or was discarded', () => {
    const directory = createDirectory();
    const ledger = openTestLedger(directory);
    const [kept, discarded] = [buildEvent(1), buildEvent(2)];
    ledger.record(kept, MORNING);
    ledger.flush();
    ledger.record(discarded, MORNING);
    ledger.discard();
    for (const event of [discarded, buildEvent(3)]) expect(ledger.keep([kept, event])).toBe(false);
    expect(ledger.failures).toBe(0);
    expect(recorded(directory)).toEqual(['1']);
  });

  it('does not leave when it cannot be written again', () => {
    const directory = createDirectory();
    const ledger = openTestLedger(directory);
    const event = buildEvent(1);
    ledger.record(event, MORNING);
    ledger.flush();
    rmSync(join(directory, 'ledger'), { recursive: true });
    writeFileSync(join(directory, 'ledger'), '');
    expect(ledger.keep([event])).toBe(false);
    expect(ledger.failures).toBe(1);
  });
});

describe('after a no', () => {
  type Call = (ledger: ReturnType<typeof openTestLedger>) => unknown;

  it.each<[string, Call]>([
    ['by itself', letWritingTimePass],
    ['at the end of the process', () => process.listeners('exit').at(-1)?.(0)],
    ['by flush()', (ledger) => ledger.flush()],
    ['by keep()', (ledger) => ledger.keep([])],
    ['for a request for flags', (ledger) => ledger.noteFlagsRequest(MORNING, 'id')],
  ])('nothing is written %s, then or later, and it is no failure', (_, call) => {
    const directory = createDirectory();
    const ledger = openTestLedger(directory);
    ledger.record(buildEvent(1), MORNING);
    ledger.mayWrite = false;
    expect([undefined, false, true]).toContain(call(ledger));
    expect(ledger.flush()).toBe(false);
    ledger.mayWrite = true;
    expect(ledger.flush()).toBe(true);
    expect(readdirSync(directory)).toEqual([]);
    expect(ledger.failures).toBe(0);
  });

  it('nothing is written when a hundred events wait, and a later yes begins anew', () => {
    const directory = createDirectory();
    const ledger = openTestLedger(directory);
    ledger.mayWrite = false;
    for (let n = 0; n < MAX_WAITING; n += 1) ledger.record(buildEvent(n), MORNING);
    ledger.mayWrite = true;
    ledger.record(buildEvent('later'), MORNING);
    expect(ledger.flush()).toBe(true);
    expect(recorded(directory)).toEqual(['later']);
  });

  it('what was discarded leaves neither timer nor listener behind', () => {
    const before = process.listenerCount('exit');
    const directory = createDirectory();
    const ledger = openTestLedger(directory);
    ledger.record(buildEvent(1), MORNING);
    ledger.settle([buildEvent(2)], 'sent');
    ledger.discard();
    ledger.discard();
    expect(vi.getTimerCount()).toBe(0);
    expect(process.listenerCount('exit')).toBe(before);
    letWritingTimePass();
    expect(readdirSync(directory)).toEqual([]);
  });

  it('may be told by the same call that says no', () => {
    const directory = createDirectory();
    const ledger: Ledger = createLedger(
      { directory, retentionDays: 30, maxLedgerBytes: 10_000_000, version: undefined },
      {
        now: () => STARTED_MS,
        toWire,
        mayWrite: () => {
          ledger.discard();
          return true;
        },
        onFailure: () => {},
      },
    );
    const event = buildEvent(1);
    ledger.record(event, MORNING);
    expect(ledger.keep([event])).toBe(false);
    expect(readdirSync(directory)).toEqual([]);
  });
});

describe('what is recorded', () => {
  it('is on disk after a twentieth of a second, and nothing is before', () => {
    const home = createDirectory();
    const directory = join(home, 'acme', 'telemetry');
    const ledger = openTestLedger(directory);
    ledger.record(buildEvent(1), MORNING);
    expect(readdirSync(home)).toEqual([]);
    letWritingTimePass();
    expect(recorded(directory)).toEqual(['1']);
  });

  it('is on disk after flush(), which says so', () => {
    const directory = createDirectory();
    const ledger = openTestLedger(directory);
    ledger.record(buildEvent(1), MORNING);
    expect(ledger.flush()).toBe(true);
    expect(recorded(directory)).toEqual(['1']);
    expect(ledger.flush()).toBe(true);
    expect(linesOf(directory)).toHaveLength(2);
  });

  it('stands under a header, in a file named after the time and the session', () => {
    const directory = createDirectory();
    const ledger = openTestLedger(directory);
    ledger.record(buildEvent(1), MORNING);
    ledger.flush();
    expect(ledgerNames(directory)).toEqual([MORNING_FILE]);
    expect(JSON.parse(contentOf(directory, 0))).toEqual({
      session_id: MORNING,
      metadata: { created_at: '2026-11-21T08:30:00.000Z', version: '1.0.0', app_version: '1.4.0' },
    });
  });

  it('can be read by the user only', () => {
    const directory = join(createDirectory(), 'telemetry');
    const ledger = openTestLedger(directory);
    ledger.record(buildEvent(1), MORNING);
    ledger.flush();
    const folder = join(directory, 'ledger');
    const modes = [directory, folder, join(folder, MORNING_FILE)].map((path) => statSync(path).mode & 0o777);
    expect(modes).toEqual([0o700, 0o700, 0o600]);
  });

  it('is one file per process-wide session, with the sessions inside it', () => {
    const directory = createDirectory();
    const ledger = openTestLedger(directory);
    ledger.record(buildEvent(1), MORNING);
    ledger.record(buildEvent(2, {}, 'a-session-inside'), MORNING);
    ledger.record(buildEvent(3, {}, EVENING), EVENING);
    ledger.flush();
    const sessions = listSessions(directory).map((file) => readSession(file));
    expect(sessions.map((session) => session?.session_id)).toEqual([MORNING, EVENING]);
    expect(sessions[0]?.events.map(({ distinct_id }) => distinct_id)).toEqual([MORNING, 'a-session-inside']);
  });

  it('is written at once when a hundred events wait', () => {
    const directory = createDirectory();
    const ledger = openTestLedger(directory);
    for (let n = 1; n < MAX_WAITING; n += 1) ledger.record(buildEvent(n), MORNING);
    expect(readdirSync(directory)).toEqual([]);
    ledger.record(buildEvent('last'), MORNING);
    expect(recorded(directory)).toHaveLength(MAX_WAITING);
    ledger.flush();
    expect(recorded(directory)).toHaveLength(MAX_WAITING);
  });
});

describe('what a server accepted', () => {
  it('is noted where the event stands, with the time', () => {
    const directory = createDirectory();
    const ledger = openTestLedger(directory);
    const [first, second, third] = [buildEvent(1), buildEvent(2), buildEvent(3)];
    ledger.record(first, MORNING);
    ledger.record(second, EVENING);
    ledger.record(third, EVENING);
    ledger.flush();
    ledger.nowMs += 60_000;
    ledger.settle([first, third], 'sent');
    ledger.flush();
    const sentAt = listSessions(directory).map((file) =>
      readSession(file)?.events.map((event) => event.sent_at),
    );
    expect(sentAt).toEqual([['2026-11-21T08:31:00.000Z'], [null, '2026-11-21T08:31:00.000Z']]);
  });

  it('is written within a twentieth of a second', () => {
    const directory = createDirectory();
    const ledger = openTestLedger(directory);
    const event = buildEvent(1);
    ledger.record(event, MORNING);
    ledger.flush();
    ledger.settle([event], 'sent');
    letWritingTimePass();
    expect(contentOf(directory)).toBe('{"sent_at":"2026-11-21T08:30:00.000Z","uuids":["1"]}');
  });

  it('is not noted when this ledger did not record it', () => {
    const directory = createDirectory();
    const ledger = openTestLedger(directory);
    ledger.settle([buildEvent(1)], 'sent');
    expect(ledger.flush()).toBe(true);
    expect(readdirSync(directory)).toEqual([]);
  });
});

describe('what was dropped', () => {
  it('is noted where the event stands, with the time and the reason, also before it was written', () => {
    const directory = createDirectory();
    const ledger = openTestLedger(directory);
    const [first, second] = [buildEvent(1), buildEvent(2)];
    ledger.record(first, MORNING);
    ledger.record(second, MORNING);
    ledger.settle([first], 'too_large');
    letWritingTimePass();
    expect(contentOf(directory)).toBe(
      '{"dropped_at":"2026-11-21T08:30:00.000Z","reason":"too_large","uuids":["1"]}',
    );
    const [file] = listSessions(directory);
    expect(file && readSession(file)?.events.map(({ dropped_reason }) => dropped_reason)).toEqual([
      'too_large',
      null,
    ]);
  });
});

describe('after close()', () => {
  it('what was recorded before is on disk, nothing more is recorded, and nothing may leave', () => {
    const before = process.listenerCount('exit');
    const directory = createDirectory();
    const ledger = openTestLedger(directory);
    const event = buildEvent(1);
    ledger.record(event, MORNING);
    ledger.close();
    ledger.close();
    ledger.record(buildEvent(2), MORNING);
    expect([ledger.keep([event]), ledger.noteFlagsRequest(MORNING, 'id'), ledger.flush()]).toEqual([
      false,
      false,
      true,
    ]);
    expect(recorded(directory)).toEqual(['1']);
    expect(vi.getTimerCount()).toBe(0);
    expect(process.listenerCount('exit')).toBe(before);
  });

  it('makes nothing where nothing was recorded, and throws nothing where nothing can be written', () => {
    const directory = createDirectory();
    openTestLedger(directory).close();
    expect(readdirSync(directory)).toEqual([]);
    writeFileSync(join(directory, 'ledger'), '');
    const ledger = openTestLedger(directory);
    ledger.record(buildEvent(1), MORNING);
    ledger.close();
    expect(ledger.failures).toBe(1);
  });
});

describe('a file that is not as it was left', () => {
  it('is begun again with a header when it was removed meanwhile', () => {
    const directory = createDirectory();
    const ledger = openTestLedger(directory);
    ledger.record(buildEvent(1), MORNING);
    ledger.flush();
    rmSync(join(directory, 'ledger'), { recursive: true });
    ledger.record(buildEvent(2), MORNING);
    expect(ledger.flush()).toBe(true);
    expect(readSession({ path: join(directory, 'ledger', MORNING_FILE) })).toMatchObject({
      session_id: MORNING,
      events: [{ uuid: '2' }],
    });
  });

  it.each(['file', 'folder'])('does not come back for a receipt alone when the %s was removed', (removed) => {
    const directory = createDirectory();
    const ledger = openTestLedger(directory);
    const event = buildEvent(1);
    ledger.record(event, MORNING);
    ledger.flush();
    const folder = join(directory, 'ledger');
    rmSync(removed === 'file' ? join(folder, MORNING_FILE) : folder, { recursive: true });
    ledger.settle([event], 'sent');
    expect(ledger.flush()).toBe(true);
    expect(readdirSync(directory, { recursive: true })).toEqual(removed === 'file' ? ['ledger'] : []);
  });

  it('gets new lines of its own after one that was half written', () => {
    const directory = createDirectory();
    const ledger = openTestLedger(directory);
    ledger.record(buildEvent(1), MORNING);
    ledger.flush();
    writeFileSync(join(directory, 'ledger', MORNING_FILE), '{"recorded_at":"20', { flag: 'a' });
    ledger.record(buildEvent(2), MORNING);
    ledger.flush();
    expect(readSession({ path: join(directory, 'ledger', MORNING_FILE) })).toMatchObject({
      events: [{ uuid: '1' }, { uuid: '2' }],
      skipped_lines: 1,
    });
  });
});

describe('a session that goes on', () => {
  it('gets a further part after a megabyte, and loses nothing', () => {
    const directory = createDirectory();
    const ledger = openTestLedger(directory);
    const events = Array.from({ length: 60 }, (_, n) => buildEvent(n, { text: 'x'.repeat(50_000) }));
    for (const event of events) {
      ledger.record(event, MORNING);
      if (Number(event.uuid) % 7 === 0) ledger.flush();
    }
    ledger.flush();
    ledger.settle(events, 'sent');
    ledger.flush();
    const files = listSessions(directory);
    expect(files.map(({ name }) => name)).toEqual([
      MORNING_FILE,
      'telemetry_20261121_083000_1b4e28ba.2.ndjson',
      'telemetry_20261121_083000_1b4e28ba.3.ndjson',
    ]);
    for (const { bytes } of files) expect(bytes).toBeLessThan(1_100_000);
    const sessions = files.map((file) => readSession(file));
    expect(new Set(sessions.map((session) => session?.session_id))).toEqual(new Set([MORNING]));
    const seen = sessions.flatMap((session) => session?.events ?? []);
    expect(seen.map(({ uuid }) => uuid)).toEqual(events.map(({ uuid }) => uuid));
    expect(seen.every(({ sent_at }) => sent_at !== null)).toBe(true);
  });

  it('gets a further part after a day', () => {
    const directory = createDirectory();
    const ledger = openTestLedger(directory);
    for (const day of [0, 0.9, 1.1, 2, 2.2]) {
      ledger.nowMs = STARTED_MS + day * DAY_MS;
      ledger.record(buildEvent(day), MORNING);
      ledger.flush();
    }
    const sessions = listSessions(directory).map((file) => readSession(file));
    expect(sessions.map((session) => session?.events.map(({ uuid }) => uuid))).toEqual([
      ['0', '0.9'],
      ['1.1', '2'],
      ['2.2'],
    ]);
    expect(sessions[1]?.metadata.created_at).toBe('2026-11-22T10:54:00.000Z');
  });
});

describe('a folder that others can look into', () => {
  it('is closed to them when the ledger begins, and the directory it is in stays as its user made it', () => {
    const directory = createDirectory();
    mkdirSync(join(directory, 'ledger'));
    for (const path of [directory, join(directory, 'ledger')]) chmodSync(path, 0o755);
    const ledger = openTestLedger(directory);
    ledger.record(buildEvent(1), MORNING);
    expect(ledger.flush()).toBe(true);
    expect(statSync(join(directory, 'ledger')).mode & 0o777).toBe(0o700);
    expect(statSync(directory).mode & 0o777).toBe(0o755);
  });
});

describe('when it cannot be kept', () => {
  const places: [string, (directory: string) => void][] = [
    ['the folder is a file', (directory) => writeFileSync(join(directory, 'ledger'), 'somebody’s')],
    ['the folder is a link', (directory) => symlinkSync(createDirectory(), join(directory, 'ledger'))],
    ['the folder is a link to nowhere', (directory) => symlinkSync('/nowhere', join(directory, 'ledger'))],
    [
      'others can write to the folder',
      (directory) => {
        mkdirSync(join(directory, 'ledger'));
        chmodSync(join(directory, 'ledger'), 0o777);
      },
    ],
    ['others can write to the directory', (directory) => chmodSync(directory, 0o1777)],
    [
      'the file is a folder',
      (directory) => mkdirSync(join(directory, 'ledger', MORNING_FILE), { recursive: true }),
    ],
    [
      'the file is a pipe',
      (directory) => {
        mkdirSync(join(directory, 'ledger'));
        execFileSync('mkfifo', [join(directory, 'ledger', MORNING_FILE)]);
      },
    ],
    [
      'the file is a device',
      (directory) => {
        mkdirSync(join(directory, 'ledger'));
        symlinkSync('/dev/full', join(directory, 'ledger', MORNING_FILE));
      },
    ],
  ];

  it.each(places)(
    'says so once and keeps nothing more, and throws nothing, because %s',
    async (_, occupy) => {
      const directory = createDirectory();
      occupy(directory);
      const before = readdirSync(directory, { recursive: true });
      const ledger = openTestLedger(directory);
      ledger.record(buildEvent(1), MORNING);
      letWritingTimePass();
      expect(ledger.failures).toBe(1);
      expect(ledger.flush()).toBe(false);
      ledger.record(buildEvent(2), EVENING);
      ledger.settle([buildEvent(2)], 'sent');
      expect(ledger.flush()).toBe(false);
      expect(ledger.failures).toBe(1);
      expect(readdirSync(directory, { recursive: true })).toEqual(before);
    },
  );

  it('follows no link that stands in the place of the file', () => {
    const directory = createDirectory();
    const target = join(createDirectory(), 'target');
    writeFileSync(target, 'somebody’s');
    mkdirSync(join(directory, 'ledger'));
    symlinkSync(target, join(directory, 'ledger', MORNING_FILE));
    const ledger = openTestLedger(directory);
    ledger.record(buildEvent(1), MORNING);
    expect(ledger.flush()).toBe(false);
    expect(readFileSync(target, 'utf8')).toBe('somebody’s');
  });

  it('says so where the directory is read-only, and where it is a file', () => {
    const readOnly = createReadOnlyDirectory();
    const file = join(createDirectory(), 'file');
    writeFileSync(file, '');
    for (const directory of [readOnly, join(readOnly, 'acme'), file, join(file, 'acme')]) {
      const ledger = openTestLedger(directory);
      ledger.record(buildEvent(1), MORNING);
      expect(withoutSpecialRights(() => ledger.flush())).toBe(false);
      expect(ledger.failures).toBe(1);
    }
    expect(readdirSync(readOnly)).toEqual([]);
  });
});

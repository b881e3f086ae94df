import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listSessions, readSession, summarizeLedger } from '../../../../src/store/index.js';
import { parseSession } from '../../../../src/store/ledger/read-session.js';
import { createDirectory } from '../../../support/directories.js';
import {
  buildEvent,
  EVENING,
  formatEnd,
  formatHeader,
  formatRecord,
  MORNING,
  openTestLedger,
  STARTED_MS,
  toWire,
} from './support.js';

const HEADER = formatHeader(MORNING, STARTED_MS, '1.4.0');
const record = (uuid: string, properties = {}) =>
  formatRecord(STARTED_MS + 5, toWire(buildEvent(uuid, properties)));

describe('a file of the ledger', () => {
  it('is read as a session with its events, and what became of them', () => {
    const text = HEADER + record('a', { n: 1 }) + record('b') + formatEnd(STARTED_MS + 9_000, 'sent', ['a']);
    expect(parseSession(text)).toEqual({
      session_id: MORNING,
      metadata: { created_at: '2026-11-21T08:30:00.000Z', version: '1.0.0', app_version: '1.4.0' },
      events: [
        {
          event_type: 'search',
          timestamp: '2026-11-21T08:30:00.000Z',
          session_id: MORNING,
          uuid: 'a',
          distinct_id: MORNING,
          recorded_at: '2026-11-21T08:30:00.005Z',
          sent_at: '2026-11-21T08:30:09.000Z',
          dropped_reason: null,
          properties: { n: 1 },
        },
        expect.objectContaining({ uuid: 'b', sent_at: null, dropped_reason: null }),
      ],
      flags_requests: [],
      skipped_lines: 0,
    });
  });

  it('says of every event how it ended, and of one that was sent only that', () => {
    const ends = [
      formatEnd(STARTED_MS, 'sent', ['b']),
      formatEnd(STARTED_MS, 'too_large', ['a']),
      formatEnd(STARTED_MS, 'expired', ['b']),
      '{"dropped_at":"2027","reason":"of a later version","uuids":["c"]}\n',
    ];
    const text = HEADER + ['a', 'b', 'c', 'd'].map((uuid) => record(uuid)).join('') + ends.join('');
    const session = parseSession(text);
    expect(session.events.map(({ sent_at, dropped_reason }) => [sent_at !== null, dropped_reason])).toEqual([
      [false, 'too_large'],
      [true, null],
      [false, 'of a later version'],
      [false, null],
    ]);
    expect(session.skipped_lines).toBe(0);
  });

  it.each([
    ['half a line at its end', HEADER + record('a') + record('b').slice(0, 40), 1],
    ['half a line in its middle', `${HEADER}${record('x').slice(0, 40)}\n${record('a')}`, 1],
    ['lines that are none of ours', `${HEADER}null\n[]\n{"a":1}\nnot JSON\n${record('a')}`, 4],
    ['empty lines, which are nothing', `${HEADER}\n\n${record('a')}\n`, 0],
    ['a line that is not UTF-8', `${HEADER}\uFFFD\uFFFD\n${record('a')}`, 1],
  ])('is read all the same with %s', (_, text, skipped) => {
    const session = parseSession(text);
    expect(session.events.map(({ uuid }) => uuid)).toEqual(['a']);
    expect(session).toMatchObject({ session_id: MORNING, skipped_lines: skipped });
  });

  it('is read without its header too', () => {
    expect(parseSession(record('a'))).toMatchObject({
      session_id: null,
      events: [{ uuid: 'a', session_id: null }],
      metadata: { created_at: null, version: null, app_version: null },
    });
    expect(parseSession('')).toMatchObject({ events: [], skipped_lines: 0 });
  });

  it('is nothing when it is not there, is a folder or a link', () => {
    const directory = createDirectory();
    const target = join(directory, 'target');
    writeFileSync(target, HEADER);
    symlinkSync(target, join(directory, 'link'));
    for (const path of ['absent', 'link', '.'])
      expect(readSession({ path: join(directory, path) })).toBeUndefined();
    expect(readSession({ path: target })).toBeDefined();
  });
});

describe('the list of files', () => {
  it('is empty without a ledger', () => {
    const directory = createDirectory();
    writeFileSync(join(directory, 'file'), '');
    for (const place of [undefined, directory, join(directory, 'nowhere'), join(directory, 'file')])
      expect(listSessions(place)).toEqual([]);
  });

  it('names files of the ledger only, the newest last', () => {
    const directory = createDirectory();
    const ledger = openTestLedger(directory);
    ledger.record(buildEvent(1), EVENING);
    ledger.nowMs += 1_000;
    ledger.record(buildEvent(2), MORNING);
    ledger.flush();
    const folder = join(directory, 'ledger');
    writeFileSync(join(folder, 'notes.txt'), '');
    mkdirSync(join(folder, 'telemetry_20261122_083000_1b4e28ba.ndjson'));
    symlinkSync('/dev/null', join(folder, 'telemetry_20261123_083000_1b4e28ba.ndjson'));
    expect(listSessions(directory)).toEqual(
      ['telemetry_20261121_083000_9f8e7d6c.ndjson', 'telemetry_20261121_083001_1b4e28ba.ndjson'].map(
        (name) => ({
          name,
          path: join(folder, name),
          bytes: expect.any(Number),
          modifiedMs: expect.any(Number),
        }),
      ),
    );
  });

  it('is empty when a link stands in the place of the ledger', () => {
    const [directory, elsewhere] = [createDirectory(), createDirectory()];
    const ledger = openTestLedger(elsewhere);
    ledger.record(buildEvent(1), MORNING);
    ledger.flush();
    symlinkSync(join(elsewhere, 'ledger'), join(directory, 'ledger'));
    expect(listSessions(directory)).toEqual([]);
  });
});

describe('the summary', () => {
  it('counts what was recorded and what was sent', () => {
    const directory = createDirectory();
    const ledger = openTestLedger(directory);
    const events = ['a', 'b', 'c'].map((uuid) => buildEvent(uuid));
    for (const [at, event] of events.entries()) ledger.record(event, at === 0 ? MORNING : EVENING);
    ledger.flush();
    ledger.nowMs += 2_000;
    ledger.settle(events.slice(0, 1), 'sent');
    ledger.nowMs -= 1_000;
    ledger.settle(events.slice(1, 2), 'sent');
    ledger.flush();
    expect(summarizeLedger(directory)).toEqual({
      files: 2,
      bytes: listSessions(directory).reduce((sum, { bytes }) => sum + bytes, 0),
      recorded: 3,
      sent: 2,
      lastSentAt: '2026-11-21T08:30:02.000Z',
    });
  });

  it('is all zeros without a ledger', () => {
    const nothing = { files: 0, bytes: 0, recorded: 0, sent: 0, lastSentAt: undefined };
    expect(summarizeLedger(undefined)).toEqual(nothing);
    expect(summarizeLedger(createDirectory())).toEqual(nothing);
  });
});

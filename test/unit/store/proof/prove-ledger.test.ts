import { appendFileSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SanitizedEvent } from '../../../../src/privacy/index.js';
import { proveLedger, settleWaiting } from '../../../../src/store/index.js';
import { createDirectory } from '../../../support/directories.js';
import {
  DAY_MS,
  EVENING,
  ledgerNames,
  linesOf,
  MORNING,
  openTestLedger,
  STARTED_MS,
  uuidOf,
} from '../ledger/support.js';
import { FILE } from '../spool/support.js';
import { changeLines, eventOf, findingsIn, flip, plantLedger, signedFor } from './support.js';

const pathOf = (directory: string, name = FILE) => join(directory, 'ledger', name);

describe('a ledger as it was written', () => {
  it('holds, whatever kinds of lines it has, and every event is counted once', async () => {
    const directory = createDirectory();
    await plantLedger(directory);
    const { findings, files, events, counts, torn, receipts } = proveLedger(directory);
    expect(findings).toEqual([]);
    expect({ files, events, torn, receipts: receipts.length }).toEqual({
      files: 1,
      events: 5,
      torn: 0,
      receipts: 2,
    });
    expect(counts).toEqual({ sentWithReceipt: 3, sentWithoutReceipt: 1, dropped: 1, waiting: 0, local: 0 });
  });

  it('holds where there is none', () => {
    expect(proveLedger(undefined)).toMatchObject({ files: 0, events: 0, findings: [] });
    expect(proveLedger(createDirectory())).toMatchObject({ files: 0, events: 0, findings: [] });
  });

  it('holds over further parts, and over sessions that take turns within a second', () => {
    const directory = createDirectory();
    const ledger = openTestLedger(directory);
    const events = [1, 2, 3, 4].map((n) => eventOf(n));
    for (const [index, event] of events.entries()) {
      ledger.record(event, index % 2 === 0 ? MORNING : EVENING);
      ledger.flush();
      ledger.nowMs += 1;
    }
    ledger.nowMs += DAY_MS;
    ledger.record(eventOf(5), EVENING);
    ledger.settle(events, 'sent');
    ledger.close();
    expect(ledgerNames(directory)).toHaveLength(3);
    expect(findingsIn(directory)).toEqual([]);
    expect(proveLedger(directory)).toMatchObject({ events: 5, counts: { sentWithoutReceipt: 4 } });
  });

  it.each([
    ['in one file', MORNING],
    ['in two files', EVENING],
  ])('holds with an event that was written a second time as it was, and not otherwise, %s', (_, session) => {
    const find = (second: SanitizedEvent) => {
      const directory = createDirectory();
      const ledger = openTestLedger(directory);
      ledger.record(eventOf(1), MORNING);
      ledger.flush();
      ledger.nowMs += 1;
      ledger.record(second, session);
      ledger.close();
      return findingsIn(directory);
    };
    const altered = eventOf(1, { n: 2 });

    expect(find(eventOf(1))).toEqual([]);
    expect(find(altered)).toEqual([expect.stringMatching(/^event_twice/)]);
  });

  it('holds with what a receipt says of a request whose events stand in two files', async () => {
    const directory = createDirectory();
    const ledger = openTestLedger(directory);
    const events = [eventOf(1), eventOf(2), eventOf(3)];
    for (const [index, event] of events.entries()) {
      ledger.record(event, index === 1 ? EVENING : MORNING);
      ledger.flush();
    }
    ledger.settle(events, 'sent', await signedFor(events));
    ledger.close();
    const { findings, counts, receipts } = proveLedger(directory);
    expect(findings).toEqual([]);
    expect(counts.sentWithReceipt).toBe(3);
    expect(receipts).toHaveLength(2);
    expect(linesOf(directory).at(-1)).toContain('"digests":["');
  });

  it('holds when its file was removed and begins anew, also with what is still on its way', async () => {
    const directory = createDirectory();
    const ledger = openTestLedger(directory);
    const [first, second, third] = [eventOf(1), eventOf(2), eventOf(3)] as const;
    ledger.record(first, MORNING);
    ledger.flush();
    rmSync(pathOf(directory));
    ledger.record(second, MORNING);
    ledger.settle([first], 'sent', await signedFor([first]));
    ledger.flush();
    expect(findingsIn(directory)).toEqual([]);
    expect(linesOf(directory)).toHaveLength(2);
    rmSync(pathOf(directory));
    ledger.record(third, MORNING);
    ledger.flush();
    ledger.settle([second], 'sent', await signedFor([second]));
    ledger.settle([third], 'sent', await signedFor([third]));
    ledger.flush();
    expect(findingsIn(directory)).toEqual([]);
    expect(proveLedger(directory).counts.sentWithReceipt).toBe(1);
    expect(linesOf(directory)).toHaveLength(3);
  });

  it('holds when events that were lost are written again before they leave', async () => {
    const directory = createDirectory();
    const ledger = openTestLedger(directory);
    const events = [eventOf(1), eventOf(2)];
    for (const event of events) ledger.record(event, MORNING);
    ledger.flush();
    rmSync(pathOf(directory));
    expect(ledger.keep(events)).toBe(true);
    ledger.settle(events, 'sent', await signedFor(events));
    ledger.close();
    expect(findingsIn(directory)).toEqual([]);
    expect(proveLedger(directory).counts.sentWithReceipt).toBe(2);
  });

  it('holds when a line was half written anywhere, tells of it, and goes on after it', async () => {
    const directory = createDirectory();
    const path = await plantLedger(directory);
    const last = linesOf(directory).at(-1) ?? '';
    appendFileSync(path, last.slice(0, 40));
    expect(proveLedger(directory)).toMatchObject({ findings: [], torn: 1 });
    settleWaiting(directory, FILE, [uuidOf(5)], 'sent', STARTED_MS + 10);
    expect(proveLedger(directory)).toMatchObject({ findings: [], torn: 1 });
  });
});

describe('a ledger that was changed', () => {
  it('does not hold when any single bit of it is another', async () => {
    const directory = createDirectory();
    const path = await plantLedger(directory);
    const bytes = readFileSync(path);
    fc.assert(
      fc.property(fc.nat({ max: bytes.length * 8 - 1 }), (bit) => {
        writeFileSync(path, flip(bytes, bit));
        expect(findingsIn(directory)).not.toEqual([]);
      }),
      { numRuns: 1_000 },
    );
  });

  it('tells in which line, and that the chain is followed from there', async () => {
    const directory = createDirectory();
    const path = await plantLedger(directory);
    changeLines(path, (lines) => lines.map((line) => line.replace('"n":2', '"n":3')));
    expect(findingsIn(directory)).toEqual(['chain_broken 3', 'receipt_not_fitting 8']);
  });

  it.each([
    ['a record', 2],
    ['the request for flags', 4],
    ['what was accepted', 7],
    ['the header', 0],
  ])('is found when a line is removed: %s', async (_what, index) => {
    const directory = createDirectory();
    const path = await plantLedger(directory);
    changeLines(path, (lines) => lines.filter((_, at) => at !== index));
    expect(findingsIn(directory)).not.toEqual([]);
  });

  it('is found when any two lines change places, or any line stands there twice', async () => {
    const directory = createDirectory();
    const path = await plantLedger(directory);
    const count = linesOf(directory).length;
    const text = readFileSync(path, 'utf8');
    for (let at = 0; at < count; at += 1) {
      changeLines(path, (lines) => lines.flatMap((line, index) => (index === at ? [line, line] : [line])));
      expect(findingsIn(directory)).not.toEqual([]);
      writeFileSync(path, text);
      if (at === count - 1) break;
      // The last line stands for itself: another process wrote it, at whatever moment.
      if (at === count - 2) continue;
      changeLines(path, (lines) => lines.with(at, lines[at + 1] ?? '').with(at + 1, lines[at] ?? ''));
      expect(findingsIn(directory)).not.toEqual([]);
      writeFileSync(path, text);
    }
  });

  it('is found when its end is gone and a server speaks of it, and is not when nothing does', async () => {
    const directory = createDirectory();
    const path = await plantLedger(directory);
    changeLines(path, (lines) => [...lines.slice(0, 6), ...lines.slice(10)]);
    expect(findingsIn(directory)).toContain('end_without_event 7');
    changeLines(path, (lines) => lines.slice(0, 6));
    expect(findingsIn(directory)).toEqual([]);
  });

  it('is found when the file was cut, unless only the last line is', async () => {
    const directory = createDirectory();
    const path = await plantLedger(directory);
    truncateSync(path, readFileSync(path).length - 60);
    expect(proveLedger(directory)).toMatchObject({ findings: [], torn: 1 });
    changeLines(path, (lines) => lines.map((line, at) => (at === 1 ? `${line.slice(0, 50)}\n` : line)));
    expect(findingsIn(directory)).not.toEqual([]);
  });

  it('is found when an empty line, a line without hash or one of somebody else was added', async () => {
    for (const added of [
      '\n',
      '{"sent_at":"2026-11-21T08:30:00.000Z","uuids":[]}\n',
      'note\n',
      '{"a":1e999}\n',
    ]) {
      const directory = createDirectory();
      appendFileSync(await plantLedger(directory), added);
      expect(findingsIn(directory)).toEqual(['line_changed 12']);
    }
  });
});

describe('a receipt', () => {
  it.each([
    ['another property', { properties: { n: 2 } }],
    ['another time', { timestamp: '2026-11-21T08:30:00.001Z' }],
    ['another name', { event: 'searches' }],
    ['another id', { distinct_id: 'e' }],
    ['another uuid', { uuid: uuidOf(9) }],
  ])('does not fit when the server received %s', async (_what, change) => {
    const directory = createDirectory();
    const ledger = openTestLedger(directory);
    const event = eventOf(1);
    ledger.record(event, MORNING);
    ledger.settle([event], 'sent', await signedFor([event], change));
    ledger.close();
    expect(findingsIn(directory)).toEqual(['receipt_not_fitting 3']);
  });

  it('does not fit when it is for other events, or for more or in another order', async () => {
    const [first, second] = [eventOf(1), eventOf(2)] as const;
    for (const signed of [[second], [first, second, first], [second, first]]) {
      const directory = createDirectory();
      const ledger = openTestLedger(directory);
      for (const event of [first, second]) ledger.record(event, MORNING);
      ledger.settle([first, second], 'sent', await signedFor(signed));
      ledger.close();
      expect(findingsIn(directory)).toEqual(['receipt_not_fitting 4']);
    }
  });

  it.each(['a.b.c', 'e30.e30.AA', 'not base64'])('cannot be read when it is %s', (receipt) => {
    const directory = createDirectory();
    const ledger = openTestLedger(directory);
    const event = eventOf(1);
    ledger.record(event, MORNING);
    ledger.settle([event], 'sent', receipt);
    ledger.close();
    expect(findingsIn(directory)).toEqual(['receipt_unreadable 3']);
  });
});

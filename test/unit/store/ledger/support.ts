import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { vi } from 'vitest';
import type { SanitizedEvent } from '../../../../src/privacy/index.js';
import { createLedger, type Ledger, type SpoolNotes, WRITE_DELAY_MS } from '../../../../src/store/index.js';
import { closeLine, hashAlone, hashInChain } from '../../../../src/store/ledger/close-line.js';
import { toEventTexts } from '../../../../src/store/ledger/event-texts.js';
import type { Outcome, WireRecord } from '../../../../src/store/ledger/lines.js';
import {
  type OpenLine,
  openEnd,
  openFlagsRequest,
  openHeader,
  openRecord,
} from '../../../../src/store/ledger/open-line.js';

/** 2026-11-21 08:30:00 UTC. */
export const STARTED_MS = Date.UTC(2026, 10, 21, 8, 30);
export const DAY_MS = 86_400_000;
/** Ids of two process-wide sessions. */
export const MORNING = '1b4e28ba-2fa1-4d3e-9c1a-0123456789ab';
export const EVENING = '9f8e7d6c-5b4a-4938-8271-0123456789ab';

/** An event as the privacy door would make it, told apart by its uuid. */
export function buildEvent(
  uuid: number | string,
  properties: object = { n: uuid },
  distinctId = MORNING,
): SanitizedEvent {
  const event = {
    uuid: String(uuid),
    event: 'search',
    distinctId,
    timestampMs: STARTED_MS,
    properties,
    common: {},
  };
  return event as unknown as SanitizedEvent;
}

/** As an event leaves, but for what a sink adds. */
export function toWire(event: SanitizedEvent): WireRecord {
  const { uuid, event: name, distinctId, timestampMs, properties } = event;
  const timestamp = new Date(timestampMs).toISOString();
  return { uuid, event: name, distinct_id: distinctId, timestamp, properties };
}

export interface TestLedger extends Ledger {
  /** The time it is for this ledger. */
  nowMs: number;
  /** How often the ledger said that it cannot write. */
  failures: number;
  /** What the ledger is told when it asks. */
  mayWrite: boolean;
  /** What the ledger said about removed files: reason and number of events. */
  removed: [string, number][];
}

/** A uuid as events have them, for events that are read back. */
export const uuidOf = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

export function openTestLedger(directory: string, limits: object = {}, spool?: SpoolNotes): TestLedger {
  const config = { directory, retentionDays: 30, maxLedgerBytes: 10_000_000, version: '1.4.0', ...limits };
  const ledger = createLedger(config, {
    now: () => test.nowMs,
    toWire,
    mayWrite: () => test.mayWrite,
    onFailure: () => {
      test.failures += 1;
    },
    spool,
    onRemoved: (reason, events) => test.removed.push([reason, events]),
  });
  const test: TestLedger = {
    nowMs: STARTED_MS,
    failures: 0,
    mayWrite: true,
    removed: [],
    record: (event, session) => ledger.record(event, session),
    keep: (events) => ledger.keep(events),
    noteFlagsRequest: (session, distinctId) => ledger.noteFlagsRequest(session, distinctId),
    settle: (...end) => ledger.settle(...end),
    leave: (events) => ledger.leave(events),
    flush: () => ledger.flush(),
    discard: () => ledger.discard(),
    close: () => ledger.close(),
    abandon: () => ledger.abandon(),
    get leaving() {
      return ledger.leaving;
    },
  };
  return test;
}

const isoOf = (timeMs: number): string => new Date(timeMs).toISOString();
const alone = (line: OpenLine): string => closeLine(line, hashAlone(line));

/** Lines as they stand in a file, with their newlines; records as the first of a chain that begins with nothing. */
export const formatHeader = (session: string, timeMs: number, appVersion?: string): string =>
  alone(openHeader(session, isoOf(timeMs), appVersion ?? null));
export const formatRecord = (timeMs: number, record: WireRecord): string => {
  const line = openRecord(isoOf(timeMs), toEventTexts(record));
  return closeLine(line, hashInChain('', line));
};
export const formatEnd = (timeMs: number, outcome: Outcome, uuids: readonly string[]): string =>
  alone(openEnd(isoOf(timeMs), outcome, uuids));
export const formatFlagsRequest = (timeMs: number, distinctId: string): string =>
  alone(openFlagsRequest(isoOf(timeMs), distinctId));

export const ledgerNames = (directory: string): string[] => readdirSync(join(directory, 'ledger')).sort();

/** The lines of the only file of a ledger, or of the named one. */
export function linesOf(directory: string, name = ledgerNames(directory)[0] ?? ''): string[] {
  return readFileSync(join(directory, 'ledger', name), 'utf8')
    .split('\n')
    .slice(0, -1);
}

/** A line of the ledger but for its hash; the last one unless given. */
export const contentOf = (directory: string, at = -1): string =>
  (linesOf(directory).at(at) ?? '').replace(/,"hash":"[0-9a-f]{64}"\}$/, '}');

/** Let the time pass after which a ledger writes by itself. Timers have to be fake. */
export const letWritingTimePass = (): void => {
  vi.advanceTimersByTime(WRITE_DELAY_MS);
};

import { mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSpoolNotes, type SpoolNote } from '../../../../src/store/index.js';
import type { OtlpNote, PostHogNote } from '../../../../src/store/spool/note.js';
import {
  buildEvent,
  formatEnd,
  formatHeader,
  formatRecord,
  MORNING,
  STARTED_MS,
  toWire,
  uuidOf,
} from '../ledger/support.js';

export const FILE = 'telemetry_20261121_083000_1b4e28ba.ndjson';
export const LATER_FILE = 'telemetry_20261121_083000_1b4e28ba.2.ndjson';
export const OTHER_FILE = 'telemetry_20261120_083000_9f8e7d6c.ndjson';
/** No process has it. */
export const DEAD_PID = 4_000_000_000;

const ANY_NOTE = {
  app: 'acme',
  basis: 'opt-in',
  command: 'acme telemetry off',
  epoch: 'epoch-1',
  needs: ['usageAnalytics'],
  toolsOverPrivacy: false,
  host: 'https://eu.i.posthog.com',
  allowsHttp: false,
  requestTimeoutMs: 10_000,
  compressionThresholdBytes: 1_024,
  places: [
    { kind: 'user', path: '/home/ada/.config/acme/telemetry.json', shown: '~/.config/acme/telemetry.json' },
  ],
  umbrellaFlag: false,
  workingDirectory: '/home/ada/project',
} as const satisfies Partial<SpoolNote>;

export const NOTE: PostHogNote = { ...ANY_NOTE, sink: 'posthog', key: 'phc_key' };

export const OTLP_NOTE: OtlpNote = {
  ...ANY_NOTE,
  sink: 'otlp',
  host: 'http://localhost:4318',
  protocol: 'http/json',
  headers: { authorization: 'Bearer abc' },
  version: '1.4.0',
  distinctId: 'session',
};

export const recordLine = (n: number): string =>
  formatRecord(STARTED_MS + n, toWire(buildEvent(uuidOf(n), { n })));
export const endLine = (outcome: Parameters<typeof formatEnd>[1], ...ns: number[]): string =>
  formatEnd(STARTED_MS, outcome, ns.map(uuidOf));

/** Put a file of the ledger there, with events by their numbers, or with any lines. */
export function plantLedgerFile(directory: string, fileName = FILE, lines: string = recordLine(1)): string {
  const folder = join(directory, 'ledger');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, fileName);
  writeFileSync(path, formatHeader(MORNING, STARTED_MS, undefined) + lines, { mode: 0o600 });
  return path;
}

export const notesOf = (directory: string, pid?: number, note: SpoolNote = NOTE) =>
  createSpoolNotes(directory, note, pid);

export function plantReleased(directory: string, fileName = FILE, note: SpoolNote = NOTE): void {
  const notes = notesOf(directory, undefined, note);
  notes.hold(fileName);
  notes.release(fileName);
}

export const spoolNames = (directory: string): string[] => readdirSync(join(directory, 'spool')).sort();

export function makeOld(path: string, ageMs: number): void {
  const seconds = (Date.now() - ageMs) / 1_000;
  utimesSync(path, seconds, seconds);
}

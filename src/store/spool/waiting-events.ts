import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { type SmallFile, toIso } from '../../internal/index.js';
import { type DropReason, restoreEvent, type SanitizedEvent } from '../../privacy/index.js';
import { appendLines } from '../ledger/append-lines.js';
import { closeLine, hashAlone } from '../ledger/close-line.js';
import { LEDGER_FOLDER, parseLedgerFileName } from '../ledger/file-name.js';
import { type LedgerLine, parseLine } from '../ledger/lines.js';
import { openEnd } from '../ledger/open-line.js';
import { readLedgerFile } from '../ledger/read-session.js';
import { hasOwnFolder } from '../own-folder.js';

/** What a file of the ledger holds that is still to be sent. */
export interface WaitingEvents {
  /** Without those that were sent or dropped; in the order of recording, each once. */
  readonly events: readonly SanitizedEvent[];
  /** Lines that nothing can be made of: half written by a process that was killed, or changed by hand. */
  readonly torn: number;
}

/**
 * Read what still waits in a file of the ledger. Whether it may be sent is what a note says.
 *
 * @returns undefined when it is not there, cannot be read, is none of ours, or stands where others can write. Never throws
 */
export function readWaiting(directory: string, fileName: string): WaitingEvents | undefined {
  const file = read(directory, fileName);
  return file.status === 'found' ? parseWaiting(new TextDecoder().decode(file.bytes)) : undefined;
}

/** May something still wait in a file of the ledger? Also when it is there and cannot be read now. Never throws. */
export function mayWait(directory: string, fileName: string): boolean {
  const file = read(directory, fileName);
  if (file.status !== 'found') return file.status === 'unreadable';
  return parseWaiting(new TextDecoder().decode(file.bytes)).events.length > 0;
}

/** Does a file of the ledger still stand there? Never throws. */
export function standsInLedger(directory: string, fileName: string): boolean {
  try {
    const path = pathOf(directory, fileName);
    return path !== undefined && lstatSync(path).isFile();
  } catch {
    return false;
  }
}

/**
 * Note how events of a file ended, if the file is still there.
 *
 * @param nowMs - since 1970
 * @param receipt - the server's, for exactly these events in this order; undefined when it gave none
 * @returns false when it is gone or cannot be written. Never throws
 */
export function settleWaiting(
  directory: string,
  fileName: string,
  uuids: readonly string[],
  outcome: 'sent' | DropReason,
  nowMs: number,
  receipt?: string,
): boolean {
  if (uuids.length === 0) return true;
  const end = openEnd(toIso(nowMs), outcome, uuids, { receipt });
  // Its file may be written by its own process at this moment: it is no part of that one's chain.
  return append(directory, fileName, closeLine(end, hashAlone(end)));
}

/**
 * Could the end of events be noted in a file? A full disk may still say no when it is tried.
 *
 * @returns false also when it is gone. Never throws
 */
export function canSettle(directory: string, fileName: string): boolean {
  return append(directory, fileName, '');
}

/** @returns false when the file is gone, none of ours or cannot be written */
function append(directory: string, fileName: string, lines: string): boolean {
  if (parseLedgerFileName(fileName) === undefined) return false;
  try {
    const place = { folder: join(directory, LEDGER_FOLDER), name: fileName, mayBegin: false };
    return appendLines(place, () => lines) !== undefined;
  } catch {
    return false;
  }
}

/** @throws the file system's error, or one that says that the folder is not safe from others */
function pathOf(directory: string, fileName: string): string | undefined {
  const folder = join(directory, LEDGER_FOLDER);
  const isOurs = parseLedgerFileName(fileName) !== undefined && hasOwnFolder(folder, false);
  return isOurs ? join(folder, fileName) : undefined;
}

function read(directory: string, fileName: string): SmallFile {
  try {
    const path = pathOf(directory, fileName);
    return path === undefined ? { status: 'absent' } : readLedgerFile(path);
  } catch {
    return { status: 'unreadable' };
  }
}

function parseWaiting(text: string): WaitingEvents {
  const lines = text
    .split('\n')
    .filter((line) => line !== '')
    .map(parseLine);
  const ended = new Set(lines.flatMap(uuidsOf));
  const events = new Map<string, SanitizedEvent>();
  let torn = 0;
  for (const line of lines) {
    if (line && line.kind !== 'record') continue;
    if (line && ended.has(line.record.uuid)) continue;
    const event = line && restoreEvent(line.record);
    if (event) events.set(event.uuid, event);
    else torn += 1;
  }
  return { events: [...events.values()], torn };
}

/** Of the events that ended by this line. */
function uuidsOf(line: LedgerLine | undefined): readonly string[] {
  if (line?.kind === 'receipt') return line.receipt.uuids;
  return line?.kind === 'drop' ? line.drop.uuids : [];
}

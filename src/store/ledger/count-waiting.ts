import { parseLine } from './lines.js';
import { readLedgerFile } from './read-session.js';
import { DROP_START, RECEIPT_START, RECORD_START, scanLines } from './scan-lines.js';

const TIME_LENGTH = '2026-11-21T08:30:00.000Z'.length;
const UUID_START = '","uuid":"';
const UUID_LENGTH = 36;

/**
 * Count the events of a file of the ledger that neither were sent nor dropped. Their lines, which are nearly all of it, are not
 * parsed: one that somebody has changed by hand may count.
 *
 * @returns 0 when it is not there or cannot be read. Never throws
 */
export function countWaiting(path: string): number {
  const file = readLedgerFile(path);
  return file.status === 'found' ? countIn(file.bytes) : 0;
}

function countIn(bytes: Uint8Array): number {
  const recorded = new Set<string>();
  const ended: string[] = [];
  scanLines(bytes, (text, start, end) => {
    if (text.startsWith(RECORD_START, start)) {
      const uuid = uuidAt(text, start + RECORD_START.length + TIME_LENGTH);
      if (uuid !== undefined) recorded.add(uuid);
    } else if (text.startsWith(RECEIPT_START, start) || text.startsWith(DROP_START, start)) {
      ended.push(...endedBy(text.slice(start, end)));
    }
  });
  for (const uuid of ended) recorded.delete(uuid);
  return recorded.size;
}

function uuidAt(text: string, at: number): string | undefined {
  const start = at + UUID_START.length;
  return text.startsWith(UUID_START, at) ? text.slice(start, start + UUID_LENGTH) : undefined;
}

function endedBy(text: string): readonly string[] {
  const line = parseLine(text);
  if (line?.kind === 'receipt') return line.receipt.uuids;
  return line?.kind === 'drop' ? line.drop.uuids : [];
}

import { readFile } from 'node:fs/promises';
import type { FileInfo } from '../file-info.js';
import { parseLine } from './lines.js';
import { listSessions } from './list-sessions.js';
import { RECEIPT_START, RECORD_START, scanLines } from './scan-lines.js';

/** A day (UTC) of the ledger in numbers. */
export interface DayCount {
  /** `2026-11-21`. */
  readonly day: string;
  /** Events that were recorded on it. */
  readonly recorded: number;
  /** Events that a server accepted on it, whenever they were recorded. */
  readonly sent: number;
}

/** The last days of the ledger. */
export interface DayCounts {
  /** Oldest first; those without events too. */
  readonly days: readonly DayCount[];
  /** When a server last accepted some on one of these days: ISO 8601, UTC. Undefined: it did not. */
  readonly lastSentAt: string | undefined;
}

/** Counts the days of one state directory, and remembers what it has read. */
export interface DayCounter {
  /**
   * The last days up to today. What was removed since does not count.
   *
   * @param days - how many
   * @param nowMs - since 1970
   * @remarks Never throws. A file is read again only once it has changed, and one not written since the first of the days not at
   *   all. Other work of the process goes on between two files.
   */
  count(days: number, nowMs: number): Promise<DayCounts>;
}

const DAY_MS = 86_400_000;
/** A file goes on in a further part after a megabyte: one so large is not ours. */
const MAX_FILE_BYTES = 16_777_216;
const DAY_LENGTH = 10;
const DAY = /^\d{4}-\d\d-\d\d$/;

interface FileCount {
  readonly recorded: ReadonlyMap<string, number>;
  readonly sent: ReadonlyMap<string, number>;
  readonly lastSentAt: string | undefined;
}

interface Known {
  readonly bytes: number;
  readonly modifiedMs: number;
  readonly count: FileCount;
}

const NOTHING: FileCount = { recorded: new Map(), sent: new Map(), lastSentAt: undefined };

/** @param directory - the state directory */
export function createDayCounter(directory: string | undefined): DayCounter {
  let known: ReadonlyMap<string, Known> = new Map();

  return {
    async count(days, nowMs) {
      const names = Array.from({ length: days }, (_, at) => toDay(nowMs - (days - 1 - at) * DAY_MS));
      const firstMs = Date.parse(`${names[0]}T00:00:00Z`);
      // A clock that was put back, and file systems that cut times, are no reason to miss a day.
      const files = listSessions(directory).filter(({ modifiedMs }) => modifiedMs >= firstMs - DAY_MS);
      const read = new Map<string, Known>();
      for (const file of files) read.set(file.path, await look(file, known.get(file.path)));
      known = read;
      const counts = [...read.values()].map(({ count }) => count);
      return {
        days: names.map((day) => ({
          day,
          recorded: sumOf(counts.map(({ recorded }) => recorded.get(day) ?? 0)),
          sent: sumOf(counts.map(({ sent }) => sent.get(day) ?? 0)),
        })),
        lastSentAt: latestOf(counts.map((count) => count.lastSentAt)),
      };
    },
  };
}

async function look({ path, bytes, modifiedMs }: FileInfo, last: Known | undefined): Promise<Known> {
  if (last && last.bytes === bytes && last.modifiedMs === modifiedMs) return last;
  const text = bytes > MAX_FILE_BYTES ? undefined : await readFile(path).catch(() => undefined);
  return { bytes, modifiedMs, count: text ? countLines(text) : NOTHING };
}

/**
 * Count the lines of a file of the ledger by the day that each begins with. Records, which are nearly all of it, are not parsed.
 *
 * @param bytes - of a whole file; its last line may be half written
 */
export function countLines(bytes: Buffer): FileCount {
  const recorded = new Map<string, number>();
  const sent = new Map<string, number>();
  const sentUuids = new Set<string>();
  let lastSentAt: string | undefined;
  scanLines(bytes, (text, start, end) => {
    if (text.startsWith(RECORD_START, start)) {
      const dayAt = start + RECORD_START.length;
      add(recorded, text.slice(dayAt, dayAt + DAY_LENGTH), 1);
    }
    const isReceipt = text.startsWith(RECEIPT_START, start);
    const parsed = isReceipt ? parseLine(text.slice(start, end)) : undefined;
    if (parsed?.kind === 'receipt') {
      const { sent_at, uuids } = parsed.receipt;
      const before = sentUuids.size;
      // Two processes may both have seen an event accepted.
      for (const uuid of uuids) sentUuids.add(uuid);
      add(sent, sent_at.slice(0, DAY_LENGTH), sentUuids.size - before);
      lastSentAt = latestOf([lastSentAt, sent_at]);
    }
  });
  return { recorded, sent, lastSentAt };
}

/** ISO 8601 in UTC sorts as text. */
function latestOf(times: readonly (string | undefined)[]): string | undefined {
  return times.reduce(
    (latest, time) => (latest === undefined || (time && time > latest) ? time : latest),
    undefined,
  );
}

function add(counts: Map<string, number>, day: string, count: number): void {
  if (count > 0 && DAY.test(day)) counts.set(day, (counts.get(day) ?? 0) + count);
}

const sumOf = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0);

const toDay = (timeMs: number) => new Date(timeMs).toISOString().slice(0, 10);

import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { eraseFile, quietly, randomId } from '../../internal/index.js';
import { type AppendedTo, appendLines, type LinesPlace } from '../ledger/append-lines.js';
import { createLogName, USAGE_FOLDER } from './file-name.js';
import { foldLogs } from './fold-logs.js';
import { FULL_LOG_BYTES } from './limits.js';
import { formatHeader, formatRecord, type UsageRecord } from './lines.js';

/** Counts what the person uses, for the person to see. */
export interface UsageLog {
  /**
   * Count something. It stands on disk when the call returns; only a power failure can take it away.
   *
   * @returns false when it could not be written. Never throws
   */
  record(record: UsageRecord): boolean;
}

export interface UsageLogEffects {
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** The log that this process writes in a folder. */
interface OwnLog {
  name: string;
  /** As of the last record. */
  bytes: number;
}

/** Others may clear the data in the middle of a write, but not so often. */
const MAX_ATTEMPTS = 10;

/** By folder. A log is created again when telemetry goes off and on; its process goes on with the file that it has. */
const ownLogs = new Map<string, OwnLog>();

/**
 * Counters in the folder `usage` of the state directory: exact, however many processes count at once.
 *
 * @param directory - the state directory
 * @remarks Touches nothing before the first record. Each record is one line at the end of a file that only this process writes,
 *   which takes less than a tenth of a millisecond. When it begins or finishes such a file, and eight finished ones stand there,
 *   it adds these up: tens of milliseconds for a megabyte of records, more where all limits are reached.
 */
export function createUsageLog(directory: string, { now }: UsageLogEffects): UsageLog {
  const folder = join(directory, USAGE_FOLDER);
  return {
    record(record) {
      try {
        const nowMs = now();
        append(folder, formatRecord(record, nowMs), nowMs);
        return true;
      } catch {
        return false;
      }
    },
  };
}

/** @throws as {@link appendLines} */
function append(folder: string, line: string, nowMs: number): void {
  const own = ownLogs.get(folder) ?? createOwnLog();
  ownLogs.set(folder, own);
  const written = write(folder, own, line, nowMs);
  own.bytes = written.bytes;
  const isFull = written.bytes >= FULL_LOG_BYTES;
  if (isFull) finish(folder, own);
  if (isFull || written.bytesBefore === 0) foldLogs(folder, own.name);
}

function write(folder: string, own: OwnLog, line: string, nowMs: number): AppendedTo {
  // Used when there is no file: another process may have cleared the data.
  const header = formatHeader({ id: randomId(), createdAtMs: nowMs });
  for (let attempt = 1; ; attempt += 1) {
    try {
      return addLine({ folder, name: own.name, mayBegin: true }, (isFirst) =>
        isFirst ? header + line : line,
      );
    } catch (error) {
      forget(folder, own);
      // The folder was there, and was removed a moment later.
      const isGone = (error as NodeJS.ErrnoException).code === 'ENOENT';
      if (!isGone || attempt === MAX_ATTEMPTS) throw error;
    }
  }
}

function addLine(place: LinesPlace, toLine: (isFirst: boolean) => string): AppendedTo {
  const written = appendLines(place, toLine);
  if (!written) throw new Error('There is no file, and none was made.');
  return written;
}

/** The next record begins a new file, so that a line that was half written is a last one. */
function forget(folder: string, own: OwnLog): void {
  if (own.bytes === 0) eraseFile(join(folder, own.name));
  Object.assign(own, createOwnLog());
}

/** Where it cannot be renamed, it is finished when this process ends. */
function finish(folder: string, own: OwnLog): void {
  const { name } = own;
  Object.assign(own, createOwnLog());
  quietly(() => renameSync(join(folder, name), join(folder, createLogName(undefined))));
}

const createOwnLog = (): OwnLog => ({ name: createLogName(process.pid), bytes: 0 });

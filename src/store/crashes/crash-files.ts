import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { randomBytes, replaceFile } from '../../internal/index.js';
import type { SanitizedEvent } from '../../privacy/index.js';
import { findData } from '../data-files.js';
import { hasOwnFolder } from '../own-folder.js';
import { type FileLimits, removeSurplus } from '../retention.js';
import { CRASH_FOLDER, toCrashFileName } from './crash-file-name.js';
import { MAX_REPORT_BYTES } from './read-crash-report.js';

const MAX_NAMES = 5;

export interface CrashFileEffects {
  /** The event as it leaves: what a person reads is what is sent. */
  readonly toWire: (event: SanitizedEvent) => object;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** A person's own copies of the crash reports of an app. */
export interface CrashFiles {
  /**
   * Keep a report, and remove the oldest ones that are too many, too large together or too old. Synchronous: it may be the last
   * thing a process does.
   *
   * @returns false when it could not be written, or is too large. Never throws
   */
  write(event: SanitizedEvent): boolean;
}

/**
 * Crash reports in the folder `crashes` of the state directory, one file each, which their user only can read. A report is there
 * whole or not at all. Links are not followed, neither of the folder nor of a file.
 *
 * @param directory - the state directory; undefined where there is none: nothing is kept then
 */
export function createCrashFiles(
  directory: string | undefined,
  limits: FileLimits,
  effects: CrashFileEffects,
): CrashFiles {
  return {
    write(event) {
      if (directory === undefined) return false;
      try {
        const isWritten = writeReport(directory, event, limits, effects);
        removeOldReports(directory, limits, effects.now());
        return isWritten;
      } catch {
        return false;
      }
    },
  };
}

function writeReport(
  directory: string,
  event: SanitizedEvent,
  { maxBytes }: FileLimits,
  { toWire }: CrashFileEffects,
): boolean {
  const content = `${JSON.stringify(toWire(event), null, 2)}\n`;
  if (Buffer.byteLength(content) > Math.min(maxBytes, MAX_REPORT_BYTES)) return false;
  const folder = join(directory, CRASH_FOLDER);
  hasOwnFolder(folder, true);
  const path = freePath(folder, event.timestampMs);
  if (path === undefined) return false;
  replaceFile(path, content);
  return true;
}

/** Undefined when every name that was tried is taken. */
function freePath(folder: string, timestampMs: number): string | undefined {
  for (let attempt = 0; attempt < MAX_NAMES; attempt += 1) {
    const path = join(folder, toCrashFileName(timestampMs, Buffer.from(randomBytes(4)).toString('hex')));
    if (!lstatSync(path, { throwIfNoEntry: false })) return path;
  }
  return undefined;
}

function removeOldReports(directory: string, limits: FileLimits, nowMs: number): void {
  const { files } = findData(directory, CRASH_FOLDER);
  removeSurplus(
    files.map(({ path }) => path),
    limits,
    nowMs,
  );
}

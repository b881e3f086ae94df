import { closeSync, constants, ftruncateSync, openSync, rmSync, writeSync } from 'node:fs';
import { readConsentContent } from './content.js';
import { type ConsentRecord, formatConsentFile } from './record.js';

const OPEN_FLAGS = constants.O_RDWR | (constants.O_NOFOLLOW ?? 0);

/**
 * Turn a file that can still say yes into a no where no new file can be put in its place: the disk is full, or the
 * directory may not be written to. The file is written over; when that fails too, a file that says yes is removed.
 *
 * @param path - of a consent file, locked if it can be
 * @returns the no, if it stands there now. Undefined: it could not be kept, though a yes may be gone. Never throws
 * @remarks Who reads meanwhile may see half of it, which is an off.
 */
export function denyInPlace(
  path: string,
  change: (before: ConsentRecord) => ConsentRecord,
): ConsentRecord | undefined {
  const before = readConsentContent(path);
  // Anything else is an off as it is, or not there.
  if (before.status !== 'usable' || before.text === '') return undefined;
  const record = Object.freeze(change(before.record));
  try {
    writeOver(path, formatConsentFile({ record, others: before.others }));
    return record;
  } catch {
    removeYes(path);
    return undefined;
  }
}

function writeOver(path: string, text: string): void {
  const descriptor = openSync(path, OPEN_FLAGS);
  try {
    const bytes = Buffer.from(text);
    if (writeSync(descriptor, bytes, 0, bytes.length, 0) < bytes.length) throw new Error('The disk is full.');
    ftruncateSync(descriptor, bytes.length);
  } finally {
    closeSync(descriptor);
  }
}

/** A no, or what is half written by now, says off where it is: it stays. */
function removeYes(path: string): void {
  const content = readConsentContent(path);
  if (content.status !== 'usable') return;
  const { telemetryEnabled, noticeTimestamp } = content.record;
  if (telemetryEnabled === false || (telemetryEnabled === undefined && noticeTimestamp === undefined)) return;
  try {
    rmSync(path, { force: true });
  } catch {
    // Whoever said no is told that it could not be kept.
  }
}

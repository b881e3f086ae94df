import { keepAside, replaceFile } from '../../internal/index.js';
import { MAX_FILE_BYTES, readConsentContent } from './content.js';
import { type ConsentRecord, EMPTY_RECORD, formatConsentFile } from './record.js';

/** What is held back by a file that cannot be trusted stays held back, until somebody says yes. */
const DISTRUSTED: ConsentRecord = Object.freeze({ ...EMPTY_RECORD, telemetryEnabled: false });

/**
 * Change what a consent file says. What cannot be trusted is kept aside first, as `<path>.broken-1` (then 2, up to 9), and
 * counts as a no. Members of others stay as they are.
 *
 * @param path - locked by the caller, in a directory that exists
 * @param change - gets what the file says; nothing is written when it gives back the same object
 * @returns what the file says now, frozen
 * @throws the file system's error; what was there before is then unchanged
 */
export function changeConsentFile(
  path: string,
  change: (before: ConsentRecord) => ConsentRecord,
): ConsentRecord {
  const content = readConsentContent(path);
  const isUsable = content.status === 'usable';
  const before = isUsable ? content.record : DISTRUSTED;
  const record = Object.freeze(change(before));
  if (record === before) return record;

  const text = isUsable ? formatConsentFile({ record, others: content.others }) : undefined;
  const isFit = text !== undefined && Buffer.byteLength(text) <= MAX_FILE_BYTES;
  // Nobody else is about to replace it while it is locked: whatever name it has got by now, it has one.
  if (!isFit) keepAside(path);
  replaceFile(path, isFit ? text : formatConsentFile({ record, others: [] }));
  return record;
}

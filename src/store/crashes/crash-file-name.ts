import { toStamp } from '../stamp.js';

/** The folder of crash reports in the state directory. */
export const CRASH_FOLDER = 'crashes';

/** With what is left of one that was being written. */
const PATTERN = /^crash_\d{8}_\d{6}_[0-9a-f]{8}\.json(?:(?:\.[0-9a-f]{16})?\.tmp)?$/;

/**
 * The name of a crash report: `crash_20261121_083000_1b4e28ba.json`, in UTC.
 *
 * @param unique - eight hexadecimal digits
 */
export function toCrashFileName(timestampMs: number, unique: string): string {
  return `crash_${toStamp(timestampMs)}_${unique}.json`;
}

/** Is this such a name, or that of one that was being written? */
export const isCrashFileName = (name: string): boolean => PATTERN.test(name);

import { isTooOldForVendor } from '../../wire/index.js';
import { lastCompleteDateUtc } from '../../wire/reports/index.js';

/** Clocks differ. */
const MAX_AHEAD_MS = 5 * 60_000;
/** One that is older tells nothing of now, or is played back. */
const MAX_HEARTBEAT_AGE_MS = 15 * 60_000;

/** Whether a heartbeat is of now. Pure. @param timestamp - ISO 8601, UTC */
export function isTimelyHeartbeat(timestamp: string, nowMs: number): boolean {
  const ageMs = nowMs - Date.parse(timestamp);
  return ageMs <= MAX_HEARTBEAT_AGE_MS && ageMs >= -MAX_AHEAD_MS;
}

/** Whether a day is over, and not long ago. Pure. @param dateUtc - `2026-01-11` */
export function isTimelyDaily(dateUtc: string, nowMs: number): boolean {
  const isOver = dateUtc <= lastCompleteDateUtc(nowMs + MAX_AHEAD_MS);
  return isOver && !isTooOldForVendor(Date.parse(dateUtc), nowMs);
}

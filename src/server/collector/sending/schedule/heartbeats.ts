import { fractionOf } from './fraction-of.js';

/** When heartbeats are sent. */
export interface HeartbeatSchedule {
  readonly intervalMs: number;
  /** Of the installation. */
  readonly jitterSeed: string;
}

/** The part of an interval by which a heartbeat may come earlier, or later. */
const JITTER = 0.1;

/** Less than this part of an interval before a heartbeat is due, another one stands for it. */
const NEAR = 0.5;

/**
 * Whether a heartbeat is due.
 *
 * There is one in each interval: at a place that each installation has for itself, a tenth of the interval earlier or later. So there
 * are N in N intervals, two are 0.8 to 1.2 intervals apart, and installations that were started together do not send together. One that
 * was missed is not made up for: the next is of its own moment.
 *
 * @param lastMs - for when the last one was made, whatever became of it; undefined: never, so that one is due now
 */
export function isHeartbeatDue(
  nowMs: number,
  lastMs: number | undefined,
  schedule: HeartbeatSchedule,
): boolean {
  if (lastMs === undefined) return true;
  // The clock has gone back by more than an interval: who waited for it to come here again could wait for years.
  if (lastMs > nowMs + schedule.intervalMs) return true;
  return lastMs < beatAtOrBefore(nowMs, schedule) - NEAR * schedule.intervalMs;
}

/** When the next one after `nowMs` is planned. */
export function nextBeatMs(nowMs: number, schedule: HeartbeatSchedule): number {
  const place = placeOf(beatAtOrBefore(nowMs, schedule), schedule);
  return beatMs(place + 1, schedule);
}

function beatAtOrBefore(nowMs: number, schedule: HeartbeatSchedule): number {
  const place = placeOf(nowMs, schedule);
  const beats = [place + 1, place, place - 1].map((candidate) => beatMs(candidate, schedule));
  return beats.find((beat) => beat <= nowMs) ?? nowMs;
}

/** The number of the interval whose middle moment is the nearest. */
function placeOf(timeMs: number, { intervalMs, jitterSeed }: HeartbeatSchedule): number {
  return Math.round(timeMs / intervalMs - fractionOf(jitterSeed, 'heartbeat'));
}

function beatMs(place: number, { intervalMs, jitterSeed }: HeartbeatSchedule): number {
  const jitter = (2 * fractionOf(jitterSeed, `heartbeat ${place}`) - 1) * JITTER;
  return Math.ceil((place + fractionOf(jitterSeed, 'heartbeat') + jitter) * intervalMs);
}

import { PURPOSES } from './metric.js';
import { describeFrequency, type ReportSchedule } from './schedule.js';

/** How reports are used, in sentences: what for, who gets them, how often. */
export interface ReportUse {
  readonly purposes: readonly string[];
  readonly recipient: readonly string[];
  readonly frequency: readonly string[];
}

/** Pure: says what the schedule says. */
export function describeUse(schedule: ReportSchedule): ReportUse {
  const { heartbeat, daily } = describeFrequency(schedule);
  return {
    purposes: Object.values(PURPOSES),
    recipient: [
      'Only numbers that are aggregated over all runs and teams are sent: counts, and averages and percentiles where there are enough runs. No run is sent by itself.',
      'They go to the vendor of this product, over an encrypted connection, and to nobody else.',
    ],
    frequency: [`The heartbeat is sent ${heartbeat}.`, `The daily report is sent ${daily}.`],
  };
}

import { createHash } from 'node:crypto';
import type { DailyReport } from '../../wire/reports/index.js';

/** The same for two reports that say the same, whatever the order of their members and errors. In hexadecimal digits. Pure. */
export function contentHashOf({ analytics }: DailyReport): string {
  const { runs_by_trigger, runs_by_agent, top_errors, ...numbers } = analytics;
  const parts = [numbers, runs_by_trigger, runs_by_agent, toCounts(top_errors)].map((part) =>
    Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

/** Errors by type. Pure. */
export function toCounts(errors: DailyReport['analytics']['top_errors']): Record<string, number> {
  return Object.fromEntries(errors.map(({ error_type, count }) => [error_type, count]));
}

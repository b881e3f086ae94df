import type { Period } from '../../wire/reports/index.js';

/**
 * What a licence limits, counted of all organisations: those that are off as well, for a limit holds for them too. These counts are for the
 * installation itself and are part of no report. Rejects with a `RepositoryError` that names no value.
 */
export interface EntitlementRepository {
  /** Teams of one name in two organisations are two. */
  countTeams(): Promise<number>;
  /** Runs that started in a period, whatever became of them. Takes the longer the more there are: ask for a day at a time. */
  countRuns(period: Period): Promise<number>;
}

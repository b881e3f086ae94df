// Not by its index: public declarations reach this file, and must not reach the drivers.
import type { PartsOptions } from '../parts/plan-parts.js';
import type { UpkeepResult } from '../parts/upkeep-result.js';

/** What keeps the table of events in order: nobody else makes or drops its parts. */
export interface EventUpkeep {
  /**
   * Make the parts of the months to come and of months that late events belong to, and forget what is older than `retentionDays`. An event
   * with a time beyond the next months counts as old by the time at which it arrived. May be called by many processes at once.
   *
   * @throws {RepositoryError} what is done until then stays, and the rest is done by the next call
   */
  run(options: PartsOptions): Promise<UpkeepResult>;
}

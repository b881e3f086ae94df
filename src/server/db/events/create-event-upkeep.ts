import type { Connection } from '../connection.js';
import { createTurns, deleteOld, keepParts, keptRange, type PartedTable, startOf } from '../parts/index.js';
import type { EventUpkeep } from './event-upkeep.js';
import { LOCK_WRITING } from './lock-writing.js';

const EVENTS: PartedTable = {
  name: 'ingest_events',
  column: 'occurred_at',
  monthsBehind: 0,
  // A part that is dropped tells no trigger of its events.
  forgetMonth: (month) => `
    DELETE FROM sotto_vendor.ingest_event_counts WHERE day >= '${startOf(month)}' AND day < '${startOf(month + 1)}'`,
};

export function createEventUpkeep(connection: Connection): EventUpkeep {
  const inTurn = createTurns(connection, LOCK_WRITING);
  return {
    async run(options) {
      const { rowsDeleted, ...parts } = await keepParts(inTurn, EVENTS, options);
      const { keptSince, lastMonth } = keptRange(options);
      const beyond = `occurred_at >= '${startOf(lastMonth + 1)}' AND received_at < '${keptSince}'`;
      return { ...parts, rowsDeleted: rowsDeleted + (await deleteOld(inTurn, EVENTS.name, beyond)) };
    },
  };
}

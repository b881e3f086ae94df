import { and, asc, eq, gt, sql } from 'drizzle-orm';
import {
  type EventCounts,
  type EventPage,
  type EventQuery,
  type EventStore,
  type IngestEvent,
  parseCursor,
} from '../../wire/index.js';
import type { Connection, Queries } from '../connection.js';
import { ingestEventCounts, ingestEvents } from '../schema.js';
import { addEvents } from './add-events.js';
import { createGroupCommit } from './group-commit.js';
import { spell, unspell } from './spell.js';

/**
 * A store that lives as long as its database, and may be shared by many processes.
 *
 * @remarks Drops nothing to make room: what is old goes by the upkeep. Closing it leaves the connection open.
 */
export function createDatabaseEventStore(connection: Connection): EventStore {
  const { run } = connection;
  return {
    add: createGroupCommit((batches) => addEvents(connection, batches)),
    list: async (query) => {
      const after = parseCursor(query.cursor);
      return run((queries) => listEvents(queries, query, after));
    },
    counts: () => run(countEvents),
    close: async () => {},
  };
}

async function listEvents(queries: Queries, query: EventQuery, after: number): Promise<EventPage> {
  const { event, distinct_id, limit } = query;
  const rows = await queries
    .select({
      position: ingestEvents.position,
      uuid: ingestEvents.uuid,
      event: ingestEvents.event,
      distinctId: ingestEvents.distinctId,
      timestamp: ingestEvents.timestamp,
      // As text, for the drivers would otherwise parse it, each in its own way.
      properties: sql<string>`${ingestEvents.properties}::text`,
      receivedAtMs: sql<number>`(extract(epoch from ${ingestEvents.receivedAt}) * 1000)::double precision`,
    })
    .from(ingestEvents)
    .where(
      and(
        gt(ingestEvents.position, after),
        event === undefined ? undefined : eq(ingestEvents.event, spell(event)),
        distinct_id === undefined ? undefined : eq(ingestEvents.distinctId, spell(distinct_id)),
      ),
    )
    .orderBy(asc(ingestEvents.position))
    .limit(limit + 1);
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return {
    events: page.map(({ uuid, event, distinctId, timestamp, properties, receivedAtMs }) => ({
      uuid,
      event: unspell(event),
      distinct_id: unspell(distinctId),
      timestamp,
      properties: JSON.parse(properties) as IngestEvent['properties'],
      receivedAtMs,
    })),
    nextCursor: last === undefined ? null : String(last.position),
  };
}

async function countEvents(queries: Queries): Promise<EventCounts> {
  const rows = await queries
    .select({
      event: ingestEventCounts.event,
      events: sql<number>`sum(${ingestEventCounts.events})::double precision`,
    })
    .from(ingestEventCounts)
    .groupBy(ingestEventCounts.event);
  return {
    total: rows.reduce((sum, { events }) => sum + events, 0),
    byEvent: Object.fromEntries(rows.map(({ event, events }) => [unspell(event), events])),
    dropped: 0,
  };
}

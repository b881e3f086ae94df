import { and, asc, count, eq, gt, sql } from 'drizzle-orm';
import {
  type AddResult,
  type EventCounts,
  type EventPage,
  type EventQuery,
  type EventStore,
  type IngestEvent,
  parseCursor,
  type StoredEvent,
} from '../wire/index.js';
import { type Connection, type Queries, rowsOf } from './connection.js';
import { ingestEvents } from './schema.js';

/** Any number, as long as it stays the same: of all that add events at the same time, one does. */
const LOCK_KEY = 7_311_002;

/**
 * A store that lives as long as its database, and may be shared by many processes.
 *
 * @remarks Keeps every event: nothing is dropped to make room. Closing it leaves the connection open.
 */
export function createDatabaseEventStore({ run, transaction }: Connection): EventStore {
  return {
    add: (events) => transaction((queries) => addEvents(queries, events)),
    list: async (query) => {
      const after = parseCursor(query.cursor);
      return run((queries) => listEvents(queries, query, after));
    },
    counts: () => run(countEvents),
    close: async () => {},
  };
}

async function addEvents(queries: Queries, events: readonly StoredEvent[]): Promise<AddResult> {
  // One at a time: a position that is committed after a higher one would be skipped by whoever reads pages meanwhile.
  await queries.execute(sql`select pg_advisory_xact_lock(${LOCK_KEY})`);
  // One parameter, however many events: a statement may have 65,535.
  const rows = JSON.stringify(events.map(toRow));
  const [result] = await rowsOf<{ readonly accepted: number }>(
    queries,
    sql`
      with added as (
        insert into ${ingestEvents} (uuid, event, distinct_id, timestamp, properties, received_at)
        select (row ->> 0)::uuid, row ->> 1, row ->> 2, row ->> 3, (row ->> 4)::json,
               to_timestamp((row ->> 5)::double precision / 1000)
        from json_array_elements(${rows}::json) with ordinality as given (row, place)
        order by place
        on conflict (uuid) do nothing
        returning 1
      )
      select count(*)::integer as accepted from added`,
  );
  const accepted = result?.accepted ?? 0;
  return { accepted, duplicates: events.length - accepted };
}

function toRow({ uuid, event, distinct_id, timestamp, properties, receivedAtMs }: StoredEvent) {
  return [uuid, spell(event), spell(distinct_id), timestamp, JSON.stringify(properties), receivedAtMs];
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
    .select({ event: ingestEvents.event, events: count() })
    .from(ingestEvents)
    .groupBy(ingestEvents.event);
  return {
    total: rows.reduce((sum, { events }) => sum + events, 0),
    byEvent: Object.fromEntries(rows.map(({ event, events }) => [unspell(event), events])),
    dropped: 0,
  };
}

/** As within the quotes of a JSON string: U+0000 and lone surrogates, which text cannot hold, become letters and digits. */
const spell = (name: string) => JSON.stringify(name).slice(1, -1);
const unspell = (spelled: string) => JSON.parse(`"${spelled}"`) as string;

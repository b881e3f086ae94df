import { sql } from 'drizzle-orm';
import { type AddResult, type StoredEvent, toOccurredAtMs } from '../../wire/index.js';
import { type CopyIn, type Queries, rowsOf } from '../connection.js';
import { ingestEvents } from '../schema.js';
import { type CopyValue, toCopyText } from './copy-text.js';
import { LOCK_WRITING } from './lock-writing.js';
import { spell } from './spell.js';

/**
 * Of this connection alone, and empty after each transaction. Copied into first, because a `COPY` cannot pass over what is there already. To
 * make it anew each time would take as long as to fill it.
 */
const STAGING = `
  create temp table if not exists incoming_events (
    place integer, uuid uuid, event text, distinct_id text, "timestamp" text, occurred_at_ms double precision,
    properties json, received_at_ms double precision
  ) on commit delete rows`;

/** Write new events within a transaction, by one `COPY` and one statement, however many they are. */
export async function addEvents(
  queries: Queries,
  copyIn: CopyIn,
  events: readonly StoredEvent[],
): Promise<AddResult> {
  await queries.execute(sql.raw(STAGING));
  // Everything that takes long is done before the lock: others may write meanwhile.
  await copyIn('pg_temp.incoming_events', toCopyText(events.map(toRow)));
  await queries.execute(sql.raw(LOCK_WRITING));
  const [result] = await rowsOf<{ readonly accepted: number }>(
    queries,
    sql`
      with added as (
        insert into ${ingestEvents} (uuid, event, distinct_id, timestamp, occurred_at, properties, received_at)
        select uuid, event, distinct_id, timestamp, to_timestamp(occurred_at_ms / 1000), properties,
               to_timestamp(received_at_ms / 1000)
        from pg_temp.incoming_events
        order by place
        on conflict (uuid, occurred_at) do nothing
        returning 1
      )
      select count(*)::integer as accepted from added`,
  );
  const accepted = result?.accepted ?? 0;
  return { accepted, duplicates: events.length - accepted };
}

function toRow(
  { uuid, event, distinct_id, timestamp, properties, receivedAtMs }: StoredEvent,
  place: number,
): readonly CopyValue[] {
  const occurredAtMs = toOccurredAtMs(timestamp);
  const names = [spell(event), spell(distinct_id)];
  return [place, uuid, ...names, timestamp, occurredAtMs, JSON.stringify(properties), receivedAtMs];
}

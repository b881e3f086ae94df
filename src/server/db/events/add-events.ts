import { type AddResult, type StoredEvent, toOccurredAtMs } from '../../wire/index.js';
import type { Connection } from '../connection.js';
import { type CopyValue, toCopyText } from './copy-text.js';
import { LOCK_WRITING } from './lock-writing.js';
import { spell } from './spell.js';

/**
 * Of this connection alone, and empty after each transaction. Copied into first, because a `COPY` cannot pass over what is there already. To
 * make it anew each time would take as long as to fill it.
 */
const STAGING = `
  create temp table if not exists incoming_events (
    batch integer, place integer, uuid uuid, event text, distinct_id text, "timestamp" text, occurred_at_ms double precision,
    properties json, received_at_ms double precision
  ) on commit delete rows`;

/**
 * Whose the new events are is only looked for where not all are new, because it takes as long as a tenth of the rest. One that stands in
 * several batches belongs to the first.
 */
const INSERT = `
  with added as (
    insert into sotto_vendor.ingest_events (uuid, event, distinct_id, timestamp, occurred_at, properties, received_at)
    select uuid, event, distinct_id, timestamp, to_timestamp(occurred_at_ms / 1000), properties,
           to_timestamp(received_at_ms / 1000)
    from pg_temp.incoming_events
    order by batch, place
    on conflict (uuid, occurred_at) do nothing
    returning uuid, occurred_at
  ), firsts as (
    select min(incoming.batch) as batch
    from added
    join pg_temp.incoming_events as incoming
      on incoming.uuid = added.uuid and to_timestamp(incoming.occurred_at_ms / 1000) = added.occurred_at
    where (select count(*) from added) < (select count(*) from pg_temp.incoming_events)
    group by added.uuid, added.occurred_at
  )
  select null::integer as batch, count(*)::integer as accepted from added
  union all
  select batch, count(*)::integer from firsts group by batch`;

/** How many of a batch were new; of all batches where `batch` is null. */
interface Accepted {
  readonly batch: number | null;
  readonly accepted: number;
}

/**
 * Write the new events of some batches in one transaction: by one `COPY` and one statement, however many they are.
 *
 * @returns what was done with each batch, in their order
 */
export async function addEvents(
  connection: Connection,
  batches: readonly (readonly StoredEvent[])[],
): Promise<readonly AddResult[]> {
  const rows = batches.flatMap((events, batch) =>
    events.map((event, place) => [batch, place, ...toRow(event)]),
  );
  const counts = (await connection.load({
    // Everything that takes long is done before the lock: others may write meanwhile.
    prepare: STAGING,
    target: 'pg_temp.incoming_events',
    text: toCopyText(rows),
    finish: `${LOCK_WRITING}; ${INSERT}`,
  })) as unknown as readonly Accepted[];
  const acceptedOf = new Map(counts.map(({ batch, accepted }) => [batch, accepted]));
  const areAllNew = acceptedOf.get(null) === rows.length;
  return batches.map((events, batch) => {
    const accepted = areAllNew ? events.length : (acceptedOf.get(batch) ?? 0);
    return { accepted, duplicates: events.length - accepted };
  });
}

function toRow(stored: StoredEvent): readonly CopyValue[] {
  const { uuid, event, distinct_id, timestamp, properties, receivedAtMs } = stored;
  const occurredAtMs = toOccurredAtMs(timestamp);
  return [
    uuid,
    spell(event),
    spell(distinct_id),
    timestamp,
    occurredAtMs,
    JSON.stringify(properties),
    receivedAtMs,
  ];
}

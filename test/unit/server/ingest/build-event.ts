import { randomUUID } from 'node:crypto';
import type { IngestEvent, StoredEvent } from '../../../../src/server/ingest/index.js';

/** A valid event as it crosses the wire, with a fresh uuid. */
export function buildEvent(overrides: Partial<IngestEvent> = {}): IngestEvent {
  return {
    uuid: randomUUID(),
    event: 'report_opened',
    distinct_id: 'session-1',
    timestamp: '2025-03-01T12:00:00.000Z',
    properties: { rows: 3 },
    ...overrides,
  };
}

/** A valid event as it is kept. */
export function buildStored(overrides: Partial<StoredEvent> = {}): StoredEvent {
  return { ...buildEvent(), receivedAtMs: 1_740_830_400_000, ...overrides };
}

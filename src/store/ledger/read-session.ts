import { readSmallFile, type SmallFile } from '../../internal/index.js';
import type { JsonObject } from '../../privacy/index.js';
import type { FileInfo } from '../file-info.js';
import { type LedgerLine, type LedgerRecord, parseLine } from './lines.js';

/** An event as its user sees it. */
export interface RecordedEvent {
  /** The event's name. */
  readonly event_type: string;
  /** When it was captured: ISO 8601, UTC. */
  readonly timestamp: string;
  /** Of the session in whose file it stands; null when the file does not say. */
  readonly session_id: string | null;
  /** The server counts an event once by it. */
  readonly uuid: string;
  /** The id it leaves under: of the session it was captured in, or of the installation. */
  readonly distinct_id: string;
  /** When it was written to the ledger: ISO 8601, UTC. */
  readonly recorded_at: string;
  /** When a server accepted it: ISO 8601, UTC. Null: it was not sent. */
  readonly sent_at: string | null;
  /** Why it will not be sent any more. Null: it was sent, it still waits, or it was never to be sent. */
  readonly dropped_reason: string | null;
  /** `JSON.stringify` gives the bytes that leave. */
  readonly properties: JsonObject;
}

/** What one file of the ledger holds. */
export interface RecordedSession {
  readonly session_id: string | null;
  /** In the order of recording. */
  readonly events: readonly RecordedEvent[];
  /** When a server was asked for flags, and under which id. ISO 8601, UTC. */
  readonly flags_requests: readonly { readonly asked_at: string; readonly distinct_id: string }[];
  readonly metadata: {
    /** When the file was begun: ISO 8601, UTC. */
    readonly created_at: string | null;
    /** Of the file's format. */
    readonly version: string | null;
    /** Of the app, if it said so. */
    readonly app_version: string | null;
  };
  /** Lines that could not be read: half written by a process that was killed, or changed by hand. */
  readonly skipped_lines: number;
}

/** A file goes on in a further part after a megabyte: one so large is not ours. */
const MAX_FILE_BYTES = 16_777_216;

/**
 * Read a file of the ledger. A session that grew large is in several.
 *
 * @returns undefined when it cannot be read: it was removed meanwhile, it is no file of ours, or permission is missing.
 *   Never throws
 */
export function readSession({ path }: Pick<FileInfo, 'path'>): RecordedSession | undefined {
  const file = readLedgerFile(path);
  return file.status === 'found' ? parseSession(new TextDecoder().decode(file.bytes)) : undefined;
}

/** What a file of the ledger holds, as it is. Never throws. */
export const readLedgerFile = (path: string): SmallFile => readSmallFile(path, MAX_FILE_BYTES);

/** @param text - of a whole file; its last line may be half written */
export function parseSession(text: string): RecordedSession {
  const written = text.split('\n').filter((line) => line !== '');
  const lines = written.map(parseLine).filter((line) => line !== undefined);
  const header = lines.find(isHeader)?.header;
  const sessionId = header?.session_id ?? null;
  const ends = endsByUuid(lines);
  return {
    session_id: sessionId,
    events: lines
      .filter(isRecord)
      .map(({ record }) => toRecordedEvent(record, sessionId, ends.get(record.uuid))),
    flags_requests: lines
      .filter(isFlagsRequest)
      .map(({ request: { flags_asked_at, distinct_id } }) => ({ asked_at: flags_asked_at, distinct_id })),
    metadata: {
      created_at: header?.metadata.created_at ?? null,
      version: header?.metadata.version ?? null,
      app_version: header?.metadata.app_version ?? null,
    },
    skipped_lines: written.length - lines.length,
  };
}

/** What became of an event. */
type EventEnd = Pick<RecordedEvent, 'sent_at' | 'dropped_reason'>;

const NO_END: EventEnd = { sent_at: null, dropped_reason: null };

/** @param end - undefined when it is not known, or not yet */
export function toRecordedEvent(
  record: LedgerRecord,
  sessionId: string | null,
  end: EventEnd = NO_END,
): RecordedEvent {
  const { event, timestamp, uuid, distinct_id, recorded_at, properties } = record;
  return {
    event_type: event,
    timestamp,
    session_id: sessionId,
    uuid,
    distinct_id,
    recorded_at,
    sent_at: end.sent_at,
    dropped_reason: end.dropped_reason,
    properties,
  };
}

/** An event that was sent was sent, whatever else is said of it. */
function endsByUuid(lines: readonly LedgerLine[]): ReadonlyMap<string, EventEnd> {
  const ends = new Map<string, EventEnd>();
  for (const line of lines)
    if (line.kind === 'drop')
      for (const uuid of line.drop.uuids) ends.set(uuid, { sent_at: null, dropped_reason: line.drop.reason });
  for (const line of lines)
    if (line.kind === 'receipt')
      for (const uuid of line.receipt.uuids)
        ends.set(uuid, { sent_at: line.receipt.sent_at, dropped_reason: null });
  return ends;
}

const isHeader = (line: LedgerLine) => line.kind === 'header';
const isRecord = (line: LedgerLine) => line.kind === 'record';
const isFlagsRequest = (line: LedgerLine) => line.kind === 'flags_request';

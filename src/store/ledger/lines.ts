import type { DropReason, JsonObject } from '../../privacy/index.js';

/** An event as it leaves. Its properties stand in the ledger as the same bytes. */
export interface WireRecord {
  readonly uuid: string;
  readonly event: string;
  readonly distinct_id: string;
  /** ISO 8601, UTC. */
  readonly timestamp: string;
  readonly properties: JsonObject;
}

/** The first line of a file: whose events follow. */
export interface LedgerHeader {
  readonly session_id: string;
  readonly metadata: {
    readonly created_at: string;
    /** Of this format. */
    readonly version: string;
    readonly app_version: string | null;
  };
}

/** A line about an event that was kept. */
export interface LedgerRecord extends WireRecord {
  readonly recorded_at: string;
}

/** A line about events that a server accepted. */
export interface LedgerReceipt {
  readonly sent_at: string;
  /** In the order of the request. */
  readonly uuids: readonly string[];
  /** What the server signed of the whole request, if it did: a compact JWS. */
  readonly receipt?: string;
  /** Of all events of the request, in its order, where it had more than those of this file; only with `receipt`. */
  readonly digests?: readonly string[];
}

/** A line about events that will not be sent any more. */
export interface LedgerDrop {
  readonly dropped_at: string;
  /** A {@link DropReason}, or one that only a later version knows. */
  readonly reason: string;
  readonly uuids: readonly string[];
}

/** How events end: a server accepted them, or they were dropped for a reason. */
export type Outcome = 'sent' | DropReason;

/** A line about a request for flags: the one thing that leaves and is no event. */
export interface LedgerFlagsRequest {
  readonly flags_asked_at: string;
  readonly distinct_id: string;
}

/** Each ends with its `hash`: see close-line.ts. */
export type LedgerLine =
  | { readonly kind: 'header'; readonly header: LedgerHeader }
  | { readonly kind: 'record'; readonly record: LedgerRecord }
  | { readonly kind: 'receipt'; readonly receipt: LedgerReceipt }
  | { readonly kind: 'drop'; readonly drop: LedgerDrop }
  | { readonly kind: 'flags_request'; readonly request: LedgerFlagsRequest };

/**
 * Read a line as it is written, without its newline. Its hash is not looked at.
 *
 * @returns undefined for anything else: a line that a killed process left half written, or somebody else's. Never throws
 */
export function parseLine(line: string): LedgerLine | undefined {
  const found = parseObject(line);
  if (isRecord(found)) return { kind: 'record', record: found };
  if (isReceipt(found)) return { kind: 'receipt', receipt: found };
  if (isDrop(found)) return { kind: 'drop', drop: found };
  if (isHeader(found)) return { kind: 'header', header: found };
  if (isFlagsRequest(found)) return { kind: 'flags_request', request: found };
  return undefined;
}

type Unknown<Shape> = Readonly<Partial<Record<keyof Shape, unknown>>>;

function parseObject(line: string): object {
  try {
    const found: unknown = JSON.parse(line);
    return isObject(found) ? found : {};
  } catch {
    return {};
  }
}

function isRecord(found: Unknown<LedgerRecord>): found is LedgerRecord {
  const { recorded_at, uuid, event, distinct_id, timestamp, properties } = found;
  return [recorded_at, uuid, event, distinct_id, timestamp].every(isText) && isObject(properties);
}

function isReceipt(found: Unknown<LedgerReceipt>): found is LedgerReceipt {
  const { sent_at, uuids, receipt, digests } = found;
  if (!isText(sent_at) || !isTexts(uuids)) return false;
  return (receipt === undefined || isText(receipt)) && (digests === undefined || isTexts(digests));
}

function isDrop(found: Unknown<LedgerDrop>): found is LedgerDrop {
  const { dropped_at, reason, uuids } = found;
  return [dropped_at, reason].every(isText) && isTexts(uuids);
}

function isHeader(found: Unknown<LedgerHeader>): found is LedgerHeader {
  const { session_id, metadata } = found;
  if (!isText(session_id) || !isObject(metadata)) return false;
  const { created_at, version, app_version }: Unknown<LedgerHeader['metadata']> = metadata;
  return isText(created_at) && isText(version) && (app_version === null || isText(app_version));
}

function isFlagsRequest(found: Unknown<LedgerFlagsRequest>): found is LedgerFlagsRequest {
  const { flags_asked_at, distinct_id } = found;
  return [flags_asked_at, distinct_id].every(isText);
}

const isText = (value: unknown): value is string => typeof value === 'string';

const isTexts = (value: unknown): value is readonly string[] => Array.isArray(value) && value.every(isText);

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

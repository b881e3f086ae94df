import { canonicalDigest, sha256, toCanonicalJson } from '../../internal/index.js';
import { type EventTexts, toEventTexts } from './event-texts.js';
import type { LedgerDrop, LedgerFlagsRequest, LedgerHeader, LedgerLine, LedgerReceipt } from './lines.js';

/** A line that is complete but for its hash, which depends on where it comes to stand. */
export interface OpenLine {
  readonly kind: LedgerLine['kind'];
  /** ISO 8601, UTC. */
  readonly time: string;
  /** Of a record the digest of its event; of any other line, SHA-256 of its canonical text without `hash`. */
  readonly digest: string;
  /** All members but the hash, without the brace that closes the line. */
  readonly text: string;
}

/** What came with the acceptance of events. */
export interface Acknowledgement {
  readonly receipt?: string | undefined;
  /** Of all events of the request, in its order, where it had others than those of the line. */
  readonly digests?: readonly string[] | undefined;
}

const FORMAT_VERSION = '1.0.0';

/** @param appVersion - of the app whose events follow, if it says so */
export function openHeader(
  sessionId: string,
  time: string,
  appVersion: string | null,
  version = FORMAT_VERSION,
): OpenLine {
  const metadata = { created_at: time, version, app_version: appVersion };
  return toLine('header', time, { session_id: sessionId, metadata } satisfies LedgerHeader);
}

/** A `LedgerRecord`; its digest is that of `digestOfEvent`. */
export function openRecord(time: string, { members, canonical }: EventTexts): OpenLine {
  const text = `{"recorded_at":${toCanonicalJson(time)},${members}`;
  return { kind: 'record', time, digest: sha256(canonical), text };
}

/** @param distinctId - that the request carries */
export function openFlagsRequest(time: string, distinctId: string): OpenLine {
  const content = { flags_asked_at: time, distinct_id: distinctId } satisfies LedgerFlagsRequest;
  return toLine('flags_request', time, content);
}

/**
 * How events ended: one line for any number of them, a {@link LedgerReceipt} or a {@link LedgerDrop}.
 *
 * @param outcome - an `Outcome`, or a reason that only a later version knows
 */
export function openEnd(
  time: string,
  outcome: string,
  uuids: readonly string[],
  { receipt, digests }: Acknowledgement = {},
): OpenLine {
  if (outcome !== 'sent')
    return toLine('drop', time, { dropped_at: time, reason: outcome, uuids } satisfies LedgerDrop);
  const proof = { ...(receipt !== undefined && { receipt }), ...(digests && { digests }) };
  return toLine('receipt', time, { sent_at: time, uuids, ...proof } satisfies LedgerReceipt);
}

/** A line as the functions above would make it of what was read. */
export function reopenLine(line: LedgerLine): OpenLine {
  switch (line.kind) {
    case 'header': {
      const { session_id, metadata } = line.header;
      return openHeader(session_id, metadata.created_at, metadata.app_version, metadata.version);
    }
    case 'record':
      return openRecord(line.record.recorded_at, toEventTexts(line.record));
    case 'flags_request':
      return openFlagsRequest(line.request.flags_asked_at, line.request.distinct_id);
    case 'receipt':
      return openEnd(line.receipt.sent_at, 'sent', line.receipt.uuids, line.receipt);
    case 'drop':
      return openEnd(line.drop.dropped_at, line.drop.reason, line.drop.uuids);
    default:
      return line satisfies never;
  }
}

function toLine(
  kind: OpenLine['kind'],
  time: string,
  content: object,
  digest = canonicalDigest(content),
): OpenLine {
  return { kind, time, digest, text: JSON.stringify(content).slice(0, -1) };
}

import { toReceiptRoot } from '../../privacy/index.js';
import type { LedgerReceipt } from '../ledger/lines.js';
import type { CheckedFile, LineFinding, ReadLine } from './check-file.js';
import type { FindingCode } from './finding.js';
import { readClaims } from './read-claims.js';

/** Check that the events which a file tells the end of stand in it, and are those that servers signed for. */
export function checkReceipts({ records, receipts, drops }: CheckedFile): readonly LineFinding[] {
  const digests = new Map(records.map(({ content, digest }) => [content.uuid, digest]));
  const ends = [...drops, ...receipts.map(({ line, content }) => ({ line, content: content.uuids }))];
  const missing = ends
    .filter(({ content }) => !content.every((uuid) => digests.has(uuid)))
    .map(({ line }) => ({ line, code: 'end_without_event' as const }));
  return [...missing, ...receipts.flatMap((receipt) => check(receipt, digests))];
}

function check(
  { line, content }: ReadLine<LedgerReceipt>,
  digests: ReadonlyMap<string, string>,
): readonly LineFinding[] {
  const code = whyNot(content, digests);
  return code ? [{ line, code }] : [];
}

function whyNot(
  { receipt, uuids, digests: all }: LedgerReceipt,
  digests: ReadonlyMap<string, string>,
): FindingCode | undefined {
  if (receipt === undefined) return undefined;
  const claims = readClaims(receipt);
  if (!claims) return 'receipt_unreadable';
  const own = uuids.flatMap((uuid) => digests.get(uuid) ?? []);
  const signed = all ?? own;
  const isWhole = own.length === uuids.length && own.every((digest) => signed.includes(digest));
  const fits = isWhole && claims.count === signed.length && claims.root === toReceiptRoot(signed);
  return fits ? undefined : 'receipt_not_fitting';
}

import { type Finding, type KeptReceipt, readClaims } from '../../store/index.js';
import type { ReceiptKeys } from './read-keys.js';

/** What became of the receipts of a ledger; one that stands in several files is one. */
export interface SignatureCheck {
  readonly receipts: number;
  /** Signed by one of the keys. */
  readonly valid: number;
  /** There was no key to check them by. */
  readonly notChecked: number;
  readonly findings: readonly Finding[];
}

/** @param keys - undefined: no signature is checked */
export async function checkSignatures(
  receipts: readonly KeptReceipt[],
  keys: ReceiptKeys | undefined,
): Promise<SignatureCheck> {
  const texts = new Set(receipts.map(({ receipt }) => receipt));
  if (!keys) return { receipts: texts.size, valid: 0, notChecked: texts.size, findings: [] };
  const codes = new Map<string, Finding['code'] | undefined>();
  for (const text of texts) codes.set(text, await whyNot(text, keys));
  const findings = receipts.flatMap(({ file, line, receipt }) => {
    const code = codes.get(receipt);
    return code ? [{ code, file, line }] : [];
  });
  const valid = [...codes.values()].filter((code) => code === undefined).length;
  return { receipts: texts.size, valid, notChecked: 0, findings };
}

/** What cannot be read is told of already. */
async function whyNot(receipt: string, keys: ReceiptKeys): Promise<Finding['code'] | undefined> {
  const claims = readClaims(receipt);
  if (!claims) return 'receipt_unreadable';
  if (!keys.has(claims.keyId)) return 'key_unknown';
  return (await keys.isSigned(receipt)) ? undefined : 'signature_invalid';
}

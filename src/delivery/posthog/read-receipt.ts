const MAX_RECEIPT_LENGTH = 4_096;
const JWS = /^[\w-]+\.[\w-]+\.[\w-]+$/;

/**
 * The receipt in the answer to a batch. It is kept as it came, and not checked here: `sotto verify` does that.
 *
 * @returns undefined for an answer without one, such as PostHog's, and for what can be none. Never throws
 */
export function readReceipt(body: string): string | undefined {
  try {
    const { receipt } = Object(JSON.parse(body)) as { readonly receipt?: unknown };
    const isReceipt =
      typeof receipt === 'string' && receipt.length <= MAX_RECEIPT_LENGTH && JWS.test(receipt);
    return isReceipt ? receipt : undefined;
  } catch {
    return undefined;
  }
}

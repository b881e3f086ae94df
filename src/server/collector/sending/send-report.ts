import type { Lease } from '../../db/collector/send-ledger.js';
import type { Outgoing } from './outgoing.js';
import type { SendResult } from './results.js';
import { type SendParts, sendOnce } from './send-once.js';

/** Somebody who changes their mind faster than a report can be made holds it up for now, and not the process. */
const MAX_TRIES = 5;

/**
 * Send a report; make it anew at once while it is held back because somebody has decided. A failure of the database is a result like any
 * other.
 */
export async function sendReport(
  outgoing: Outgoing,
  lease: Lease,
  parts: SendParts,
  onWithheld: (result: SendResult & { status: 'withheld' }) => void,
): Promise<SendResult> {
  for (let tries = 1; ; tries += 1) {
    const result = await sendOrTellWhyNot(outgoing, lease, parts);
    if (result.status !== 'withheld' || result.reason !== 'decision' || tries === MAX_TRIES) return result;
    onWithheld(result);
  }
}

async function sendOrTellWhyNot(outgoing: Outgoing, lease: Lease, parts: SendParts): Promise<SendResult> {
  try {
    return await sendOnce(outgoing, lease, parts);
  } catch {
    return { status: 'failed', reason: 'database', httpStatus: undefined, retryAfterMs: undefined };
  }
}

import type { SendOutcome } from '../../db/collector/send-ledger.js';
import type { ProblemCode } from '../../http/index.js';
import { ReceiptSchema } from '../../wire/index.js';
import type { VendorOutcome } from '../vendor-client.js';

/** Why a report was not accepted. */
export type FailureReason =
  /** The vendor answered, and what it said was no receipt. */
  | 'http_status'
  | 'malformed_answer'
  /** The vendor's clock says that it is not the time for this report: one of the two clocks is wrong, and may be set right. */
  | 'clock'
  | 'network'
  | 'timeout'
  | 'tls';

/** What an answer means for a report. */
export type Judgement =
  | { readonly status: 'accepted'; readonly isDuplicate: boolean }
  /** For good: the same would be refused again. */
  | { readonly status: 'refused' }
  /** Not the report but the licence. */
  | { readonly status: 'unauthorised' }
  /** To be tried again. */
  | {
      readonly status: 'failed';
      readonly reason: FailureReason;
      readonly retryAfterMs: number | undefined;
    }
  | { readonly status: 'withheld' };

/** What the vendor service refuses for good, and with which status. Whoever else answers so, as a gateway may, speaks of itself. */
const FOR_GOOD: { readonly [Code in ProblemCode]?: number } = {
  REQUEST_INVALID: 400,
  REPORT_REVISION: 409,
  REQUEST_TOO_LARGE: 413,
  REQUEST_UNPROCESSABLE: 422,
};

/**
 * Pure.
 *
 * @param isTooOld - whether the report is of a day that no clock of the vendor takes any more
 */
export function judgeAnswer(outcome: VendorOutcome, isTooOld: boolean): Judgement {
  switch (outcome.status) {
    case 'withheld':
      return { status: 'withheld' };
    case 'unanswered':
      return { status: 'failed', reason: outcome.reason, retryAfterMs: undefined };
    case 'answered':
      return judgeStatus(outcome, isTooOld);
    default:
      return outcome satisfies never;
  }
}

function judgeStatus(
  { httpStatus, body, retryAfterMs }: VendorOutcome & { status: 'answered' },
  isTooOld: boolean,
): Judgement {
  if (httpStatus >= 200 && httpStatus < 300) {
    const receipt = ReceiptSchema.safeParse(body);
    return receipt.success
      ? { status: 'accepted', isDuplicate: receipt.data.status === 'duplicate' }
      : { status: 'failed', reason: 'malformed_answer', retryAfterMs };
  }
  if (httpStatus === 401 || httpStatus === 403) return { status: 'unauthorised' };
  const code = codeOf(body);
  if (code === 'REPORT_STALE' && httpStatus === 409)
    return isTooOld ? { status: 'refused' } : { status: 'failed', reason: 'clock', retryAfterMs };
  const isForGood = Object.entries(FOR_GOOD).some(
    ([known, status]) => known === code && status === httpStatus,
  );
  return isForGood ? { status: 'refused' } : { status: 'failed', reason: 'http_status', retryAfterMs };
}

const codeOf = (body: unknown): unknown =>
  typeof body === 'object' && body !== null && 'code' in body ? body.code : undefined;

/** Answers by which a report was not taken, whoever gave them. After any other it may have been. */
const isClear = (httpStatus: number) => httpStatus >= 300 && httpStatus < 500 && httpStatus !== 408;

/** What the line in the ledger says of it. Pure. */
export function toSendOutcome(outcome: VendorOutcome, judgement: Judgement): SendOutcome {
  if (judgement.status === 'accepted') return judgement.isDuplicate ? 'duplicate' : 'accepted';
  if (judgement.status === 'withheld') return 'withheld';
  if (outcome.status === 'unanswered') return outcome.hasLeft ? 'unknown' : 'not_sent';
  return outcome.status === 'answered' && isClear(outcome.httpStatus) ? 'refused' : 'unknown';
}

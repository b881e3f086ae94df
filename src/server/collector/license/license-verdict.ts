import { type LicenseAnswer, LicenseAnswerSchema } from '../../wire/index.js';
import type { UnansweredReason, VendorOutcome } from '../vendor-client.js';

/** What came of asking about the licence. */
export type LicenseVerdict =
  | { readonly status: 'valid'; readonly answer: LicenseAnswer }
  /** Without an answer: the vendor does not know the licence. */
  | { readonly status: 'invalid'; readonly answer: LicenseAnswer | undefined }
  /** Nothing that says anything about the licence. */
  | {
      readonly status: 'unanswered';
      /** `unreadable`: something was answered. */
      readonly reason: UnansweredReason | 'unreadable';
      /** Undefined when nothing was answered. */
      readonly httpStatus: number | undefined;
      readonly retryAfterMs: number | undefined;
    };

/**
 * What an answer says about the licence. Only a 200 of the agreed form, 401 and 403 say anything: a 404 is of a wrong address, and a
 * redirect of somebody between. Members that are not known are ignored, so that the vendor may add some. Pure.
 */
export function toLicenseVerdict(outcome: VendorOutcome): LicenseVerdict {
  if (outcome.status !== 'answered') {
    const reason = outcome.status === 'unanswered' ? outcome.reason : 'network';
    return { status: 'unanswered', reason, httpStatus: undefined, retryAfterMs: undefined };
  }
  const { httpStatus, retryAfterMs, body } = outcome;
  if (httpStatus === 401 || httpStatus === 403) return { status: 'invalid', answer: undefined };
  const { data: answer } = LicenseAnswerSchema.safeParse(body);
  if (httpStatus === 200 && answer) return { status: answer.valid ? 'valid' : 'invalid', answer };
  return { status: 'unanswered', reason: 'unreadable', httpStatus, retryAfterMs };
}

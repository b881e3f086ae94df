import type { OnceResult } from 'sotto/server';

type SendResult = NonNullable<OnceResult['heartbeat']>;

/** What holds a report back without anything being wrong. */
const IS_IN_ORDER = { decision: true, stopping: true, lease: true, license: false, database: false };

/** Whether nothing is left to be done about a report. */
export function isDone(result: SendResult): boolean {
  if (result.status === 'withheld') return IS_IN_ORDER[result.reason];
  return result.status === 'accepted' || result.status === 'nobody_counted';
}

/** What is known of the licence, and what that comes to. */
export function describeLicense(license: OnceResult['license']): string {
  switch (license) {
    case 'valid':
      return 'valid.';
    case 'invalid':
      return 'invalid, as the vendor service says. Nothing is sent.';
    case 'unknown':
      return 'unknown, because the vendor service did not say. Nothing is sent.';
    default:
      return license satisfies never;
  }
}

/** What became of a report, as the end of a sentence. */
export function describeResult(result: SendResult): string {
  switch (result.status) {
    case 'accepted':
      return result.isDuplicate ? 'accepted before' : 'accepted';
    case 'nobody_counted':
      return 'nobody is counted, so that nothing was sent';
    case 'withheld':
      return `held back (${result.reason})`;
    case 'refused':
    case 'unauthorised':
      return `refused by the vendor service${toStatus(result.httpStatus)}`;
    case 'failed':
      return `not accepted (${result.reason}${toStatus(result.httpStatus)}); it is tried again`;
    default:
      return result satisfies never;
  }
}

const toStatus = (httpStatus: number | undefined) => (httpStatus === undefined ? '' : `, HTTP ${httpStatus}`);

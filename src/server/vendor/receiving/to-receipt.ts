import { TelemetryError } from '../../../internal/index.js';
import type { AddReportResult } from '../../db/vendor/index.js';
import type { Receipt } from '../../wire/index.js';

/**
 * What the sender of a report is told. Pure.
 *
 * @param warnings - of the licence
 * @throws {TelemetryError} `REPORT_STALE`, `REPORT_REVISION` or `REQUEST_UNPROCESSABLE`
 */
export function toReceipt(result: AddReportResult, warnings: readonly string[]): Receipt {
  switch (result.status) {
    case 'accepted':
      return { status: 'accepted', warnings };
    case 'duplicate':
      return { status: 'duplicate', warnings: result.isSame ? warnings : [...warnings, DIFFERS] };
    case 'stale':
      throw new TelemetryError('REPORT_STALE', 'The report is of a time that is not received now.');
    case 'out_of_order':
      throw new TelemetryError(
        'REPORT_REVISION',
        `The last revision of that day is ${result.lastRevision}: a correction must be one more.`,
      );
    case 'key_used':
      throw new TelemetryError('REQUEST_UNPROCESSABLE', 'The idempotency key was used for another report.');
    default:
      return result satisfies never;
  }
}

const DIFFERS =
  'A report of that time that says something else was accepted before, and stays as it is. A daily report is changed by a later revision.';

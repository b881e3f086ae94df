import type { Context } from 'hono';
import type { AddReportResult } from '../../db/vendor/index.js';
import type { Receipt } from '../../wire/index.js';
import { describeLicense, describeTeams } from '../license-warnings.js';
import type { VendorParts } from '../options.js';
import type { VendorEnv } from '../vendor-env.js';
import { toReceipt } from './to-receipt.js';

export interface Received {
  readonly kind: 'heartbeat' | 'daily';
  readonly result: AddReportResult;
  /** As the report says. */
  readonly totalTeams: number;
}

/**
 * Tell the sender of a report what became of it, and the log what was accepted.
 *
 * @throws {TelemetryError} as `toReceipt` does
 */
export function answerReport(
  context: Context<VendorEnv>,
  { log }: Pick<VendorParts, 'log'>,
  { kind, result, totalTeams }: Received,
): Response {
  const license = context.get('license');
  const receipt = toReceipt(result, [
    ...describeLicense(license, context.get('licenseState')),
    ...describeTeams(license, totalTeams),
  ]);
  context.set('isDuplicate', receipt.status === 'duplicate');
  if (receipt.status === 'accepted') log.info('report_accepted', { kind });
  return context.json<Receipt>(receipt);
}

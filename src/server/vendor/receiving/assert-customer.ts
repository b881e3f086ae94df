import { TelemetryError } from '../../../internal/index.js';
import type { License } from '../../db/vendor/index.js';

/** Who has the key of one customer reports for no other. @throws {TelemetryError} `REQUEST_UNPROCESSABLE` */
export function assertCustomer(report: { readonly customer_id: string }, license: License): void {
  if (report.customer_id === license.customerId) return;
  throw new TelemetryError('REQUEST_UNPROCESSABLE', 'customer_id must be the customer of the licence.');
}

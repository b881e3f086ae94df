import { CustomersSchema, OverviewSchema } from '../../wire/index.js';
import { knownValue, type Service } from '../upstream/index.js';
import { askVendor } from './ask-vendor.js';
import { type CustomerView, toCustomerView } from './customer-view.js';
import { type OverviewView, toOverviewView } from './overview-view.js';
import { type Selection, toQuery } from './selection.js';

/** Everything the page shows, or undefined where it is not known. */
export interface DashboardView {
  /** When it was read. */
  readonly asOf: string;
  readonly customers: readonly CustomerView[] | undefined;
  readonly overview: OverviewView | undefined;
}

/**
 * @param nowMs - Unix time in milliseconds
 * @returns undefined when the service does not know the key. Never throws
 */
export async function readDashboardView(
  service: Service,
  token: string,
  selection: Selection | undefined,
  nowMs: number,
): Promise<DashboardView | undefined> {
  const [customers, overview] = await Promise.all([
    askVendor(service, token, '/customers', CustomersSchema),
    selection && askVendor(service, token, `/overview?${toQuery(selection)}`, OverviewSchema),
  ]);
  if (customers.status === 'refused' || overview?.status === 'refused') return undefined;
  return {
    asOf: new Date(nowMs).toISOString(),
    customers: knownValue(customers)?.customers.map((customer) => toCustomerView(customer, nowMs)),
    overview: selection && overview && toOverviewView(overview, selection),
  };
}

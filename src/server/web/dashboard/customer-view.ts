import { type Customers, showUnseen } from '../../wire/index.js';
import { toDateUtc } from '../../wire/reports/index.js';

type ToldCustomer = Customers['customers'][number];

/** A customer, and when it was last heard of. */
export interface CustomerView {
  readonly id: string;
  readonly name: string;
  readonly license: ToldCustomer['license'];
  /** A licence counts for some days after that. */
  readonly expiry: { readonly at: string; readonly isOver: boolean } | undefined;
  readonly lastHeartbeatAt: string | undefined;
  /** Of the last heartbeat, and of the day on which that came: another one than today's says nothing of today. */
  readonly runs: { readonly count: number; readonly isOfToday: boolean; readonly date: string } | undefined;
  readonly lastDailyDate: string | undefined;
}

/** Pure. @param nowMs - Unix time in milliseconds */
export function toCustomerView(customer: ToldCustomer, nowMs: number): CustomerView {
  const { last_heartbeat_at: heartbeatAt, runs_today: count, expires_at: expiresAt } = customer;
  const today = toDateUtc(nowMs);
  const date = heartbeatAt?.slice(0, 10);
  const isTold = date !== undefined && count !== null;
  return {
    id: customer.customer_id,
    name: showUnseen(customer.customer_name),
    license: customer.license,
    expiry: expiresAt === null ? undefined : { at: expiresAt, isOver: Date.parse(expiresAt) <= nowMs },
    lastHeartbeatAt: heartbeatAt ?? undefined,
    runs: isTold ? { count, isOfToday: date === today, date } : undefined,
    lastDailyDate: customer.last_daily_date ?? undefined,
  };
}

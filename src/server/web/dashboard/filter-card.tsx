import { lastCompleteDateUtc } from '../../wire/reports/index.js';
import type { CustomerView } from './customer-view.js';
import {
  countDays,
  DEFAULT_DAYS,
  lastDays,
  RANGES_DAYS,
  type Selected,
  type Selection,
  toQuery,
} from './selection.js';

export interface FilterCardProps {
  readonly asked: Selected;
  /** Undefined when it is not known who they are. */
  readonly customers: readonly CustomerView[] | undefined;
  /** Unix time in milliseconds. */
  readonly nowMs: number;
}

/** Which days and whose: links, a form that is asked by its address, and the same as a file. */
export function FilterCard({ asked, customers, nowMs }: FilterCardProps) {
  const selection = asked.status === 'selected' ? asked.selection : undefined;
  const shown = selection ?? { ...lastDays(DEFAULT_DAYS, nowMs), customerId: undefined };
  return (
    <section class="card filter" aria-labelledby="filter">
      <h2 id="filter">Days and customers</h2>
      {asked.status === 'refused' && (
        <p class="message problem" role="alert">
          {`${asked.problem} Nothing is shown for it.`}
        </p>
      )}
      <nav class="ranges" aria-label="Ranges">
        {RANGES_DAYS.map((days) => (
          <a
            href={hrefOf(days, shown)}
            {...(isShown(days, selection, nowMs) ? { 'aria-current': 'true' } : {})}
          >
            {`Last ${days} days`}
          </a>
        ))}
      </nav>
      <form class="fields" method="get" action="/vendor">
        <div>
          <label for="from">From</label>
          <input
            id="from"
            name="from"
            type="date"
            required
            max={lastCompleteDateUtc(nowMs)}
            value={shown.from}
          />
        </div>
        <div>
          <label for="to">To</label>
          <input id="to" name="to" type="date" required max={lastCompleteDateUtc(nowMs)} value={shown.to} />
        </div>
        <div>
          <label for="customer">Customer</label>
          <select id="customer" name="customer">
            <option value="">All customers</option>
            {toOptions(customers, shown.customerId).map(({ id, name }) => (
              <option value={id} selected={id === shown.customerId}>
                {name}
              </option>
            ))}
          </select>
        </div>
        <button type="submit">Show</button>
      </form>
      {selection !== undefined && (
        <p class="note">
          <a href={`/vendor/daily.csv?${toQuery(selection)}`} download>
            Download these days as CSV
          </a>
          {`: the daily reports of ${selection.from} to ${selection.to}, one line for each customer and day.`}
        </p>
      )}
    </section>
  );
}

/** Who is asked for stays asked for, also while it is not known who the customers are. */
function toOptions(
  customers: readonly CustomerView[] = [],
  customerId: string | undefined,
): readonly Pick<CustomerView, 'id' | 'name'>[] {
  if (customerId === undefined || customers.some(({ id }) => id === customerId)) return customers;
  return [{ id: customerId, name: customerId }, ...customers];
}

function hrefOf(days: number, { customerId }: Selection): string {
  const customer = customerId === undefined ? {} : { customer: customerId };
  return `/vendor?${new URLSearchParams({ days: String(days), ...customer })}`;
}

function isShown(days: number, selection: Selection | undefined, nowMs: number): boolean {
  return (
    selection !== undefined && countDays(selection) === days && selection.to === lastCompleteDateUtc(nowMs)
  );
}

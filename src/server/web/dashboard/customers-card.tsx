import { ColumnHeads, TimeUtc } from '../foundation/index.js';
import type { CustomerView } from './customer-view.js';
import { formatCount } from './numbers.js';
import { type Selection, toQuery } from './selection.js';

export interface CustomersCardProps {
  /** Undefined when it is not known who they are. */
  readonly customers: readonly CustomerView[] | undefined;
  readonly selection: Selection | undefined;
}

const COLUMNS = ['Customer', 'Licence', 'Last heartbeat', 'Runs today', 'Last daily report'] as const;

/** Everybody who has a licence, and when they were last heard of. */
export function CustomersCard({ customers, selection }: CustomersCardProps) {
  return (
    <section class="card" aria-labelledby="customers">
      <h2 id="customers">Customers</h2>
      {customers === undefined ? (
        <p class="note">
          It is not known who the customers are: the vendor service gave no answer that can be relied on. Try
          again in a moment.
        </p>
      ) : (
        <table class="customers-table">
          <ColumnHeads columns={COLUMNS} />
          <tbody>
            {customers.map((customer) => (
              <Row customer={customer} selection={selection} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

interface RowProps {
  readonly customer: CustomerView;
  readonly selection: Selection | undefined;
}

function Row({ customer, selection }: RowProps) {
  const { id, name, license, expiry, lastHeartbeatAt, lastDailyDate } = customer;
  const range = selection && toQuery({ ...selection, customerId: id });
  return (
    <tr>
      <th scope="row">
        <a href={`/vendor?${range ?? new URLSearchParams({ customer: id })}`}>
          <bdi>{name}</bdi>
        </a>
        <span class="why">
          <code>
            <bdi>{id}</bdi>
          </code>
        </span>
      </th>
      <td data-label={COLUMNS[1]}>
        <span class={`tag ${license}`}>{license}</span>
        {expiry !== undefined && (
          <span class="why">
            {expiry.isOver ? 'expired ' : 'until '}
            <TimeUtc iso={expiry.at} />
          </span>
        )}
      </td>
      <td data-label={COLUMNS[2]}>
        {lastHeartbeatAt === undefined ? (
          <span class="none">none yet</span>
        ) : (
          <TimeUtc iso={lastHeartbeatAt} />
        )}
      </td>
      <td data-label={COLUMNS[3]} class="amount">
        <RunsToday runs={customer.runs} />
      </td>
      <td data-label={COLUMNS[4]}>
        {lastDailyDate === undefined ? (
          <span class="none">none yet</span>
        ) : (
          <time datetime={lastDailyDate}>{lastDailyDate}</time>
        )}
      </td>
    </tr>
  );
}

function RunsToday({ runs }: Pick<CustomerView, 'runs'>) {
  if (runs === undefined) return <span class="none">not known</span>;
  if (runs.isOfToday) return <>{formatCount(runs.count)}</>;
  return (
    <>
      <span class="none">not known</span>
      <span class="why">{`${formatCount(runs.count)} on ${runs.date}`}</span>
    </>
  );
}

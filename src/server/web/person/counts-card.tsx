import { ColumnHeads } from '../foundation/index.js';
import type { PersonView } from './read-view.js';

/** Events per day: a table for everybody, of which the script draws a chart. */
export function CountsCard({ counts }: Pick<PersonView, 'counts'>) {
  return (
    <section class="card" aria-labelledby="counts">
      <h2 id="counts">Events per day</h2>
      <div data-part="counts">
        {counts === undefined ? (
          <p class="note">The numbers cannot be shown at the moment.</p>
        ) : (
          <Numbers counts={counts} />
        )}
      </div>
    </section>
  );
}

function Numbers({ counts: { days } }: { readonly counts: NonNullable<PersonView['counts']> }) {
  const recorded = days.reduce((sum, day) => sum + day.recorded, 0);
  const sent = days.reduce((sum, day) => sum + day.sent, 0);
  const busy = days.filter((day) => day.recorded + day.sent > 0);
  return (
    <>
      <p class="figures">
        <span>
          <strong>{FORMAT.format(recorded)}</strong> <span class="key recorded">recorded</span>
        </span>
        <span>
          <strong>{FORMAT.format(sent)}</strong> <span class="key sent">sent</span>
        </span>
        <span class="note">{`in the last ${days.length} days, by day in UTC`}</span>
      </p>
      <div
        class="chart with-script"
        data-chart
        role="img"
        aria-label={describe(recorded, sent, busy.length)}
      />
      <details class="numbers">
        <summary>The same as a table</summary>
        <table>
          <ColumnHeads columns={['Day', 'Recorded', 'Sent']} />
          <tbody>
            {days.toReversed().map(({ day, recorded: n, sent: m }) => (
              <tr data-day={day} data-recorded={n} data-sent={m}>
                <th scope="row">
                  <time datetime={day}>{day}</time>
                </th>
                <td data-label="recorded">{FORMAT.format(n)}</td>
                <td data-label="sent">{FORMAT.format(m)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </>
  );
}

const FORMAT = new Intl.NumberFormat('en-GB');

const describe = (recorded: number, sent: number, days: number) =>
  `Bars for each day: ${recorded} events recorded and ${sent} sent, on ${days} days. The table below has the numbers.`;

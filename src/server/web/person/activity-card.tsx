import { TimeUtc } from '../foundation/index.js';
import type { PersonView } from './read-view.js';
import type { LedgerAnswer } from './schemas.js';

type ShownEvent = LedgerAnswer['events'][number];

/** The very bytes, newest first. The script keeps the list up to date. */
export function ActivityCard({ ledger }: Pick<PersonView, 'ledger'>) {
  return (
    <section class="card" aria-labelledby="activity">
      <div class="card-head">
        <h2 id="activity">What was recorded</h2>
        <div class="with-script live">
          <span class="live-state" data-live="starting">
            Connecting…
          </span>
          <button class="quiet" type="button" data-pause aria-pressed="false">
            Pause
          </button>
        </div>
      </div>
      <p class="note">
        The last events of this program on this machine, newest first. Open one to see the bytes of its
        properties, exactly as they leave or would leave.
      </p>
      <p class="quiet-status" role="status" aria-live="polite" data-arrivals />
      <div data-part="activity">
        {ledger === undefined && <p class="note">The list cannot be shown at the moment.</p>}
        {ledger?.events.length === 0 && <p class="nothing">Nothing is recorded here.</p>}
        {ledger !== undefined && ledger.events.length > 0 && (
          <ul class="events">
            {ledger.events.map((event) => (
              <EventItem event={event} />
            ))}
          </ul>
        )}
      </div>
    </section>
  );
}

function EventItem({ event }: { readonly event: ShownEvent }) {
  const { uuid, timestamp, distinct_id, properties, state, sent_at } = event;
  return (
    <li data-uuid={uuid} data-state={state}>
      <details>
        <summary>
          <code class="event-name">
            <bdi>{event.event}</bdi>
          </code>
          <span class={`tag ${state}`}>{stateOf(event)}</span>
          <TimeUtc iso={timestamp} />
        </summary>
        <pre class="json" dir="ltr">
          <code>{properties}</code>
        </pre>
        <p class="note">
          {'Under the id '}
          <code>
            <bdi>{distinct_id}</bdi>
          </code>
          {sent_at !== null && (
            <>
              {', sent '}
              <TimeUtc iso={sent_at} />
            </>
          )}
          {'.'}
        </p>
      </details>
    </li>
  );
}

function stateOf({ state, dropped_reason }: ShownEvent): string {
  switch (state) {
    case 'recorded':
      return 'stays here';
    case 'waiting':
      return 'waits to be sent';
    case 'sent':
      return 'sent';
    case 'dropped':
      return `not sent: ${(dropped_reason ?? '').replaceAll('_', ' ')}`;
    default:
      return state satisfies never;
  }
}

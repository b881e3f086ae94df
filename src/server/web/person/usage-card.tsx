import { TimeUtc } from '../foundation/index.js';
import type { PersonView } from './read-view.js';

/** What is counted by name: features and hooks. */
export function UsageCard({ usage }: Pick<PersonView, 'usage'>) {
  const features = Object.entries(usage?.features ?? {});
  const hooks = Object.entries(usage?.hooks ?? {});
  return (
    <section class="card" aria-labelledby="usage" data-part="usage">
      <h2 id="usage">What is counted</h2>
      {usage === undefined && <p class="note">The counters cannot be shown at the moment.</p>}
      {usage !== undefined && features.length + hooks.length === 0 && (
        <p class="nothing">Nothing is counted here.</p>
      )}
      <div class="groups">
        {features.length > 0 && <Counters title="Features" counters={features} />}
        {hooks.length > 0 && <Counters title="Hooks" counters={hooks} />}
      </div>
    </section>
  );
}

interface Counter {
  readonly total: number;
  readonly last_ts: string;
  readonly variants?: Readonly<Record<string, number>> | undefined;
}

interface CountersProps {
  readonly title: string;
  readonly counters: readonly (readonly [name: string, counter: Counter])[];
}

function Counters({ title, counters }: CountersProps) {
  return (
    <div>
      <h3>{title}</h3>
      <dl class="lines counters">
        {counters.map(([name, { total, last_ts, variants = {} }]) => (
          <div>
            <dt>
              <code>
                <bdi>{name}</bdi>
              </code>
              <strong>{`${total}×`}</strong>
            </dt>
            <dd class="why">
              {'Last '}
              <TimeUtc iso={last_ts} />
              {Object.entries(variants).map(([variant, count]) => (
                <>
                  {', '}
                  <bdi>{variant}</bdi>
                  {` ${count}×`}
                </>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

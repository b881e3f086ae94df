import { formatCount, formatShare } from './numbers.js';
import type { GroupView, OverviewView } from './overview-view.js';

/** Runs of the range by what started them and by agent, and why runs failed. */
export function GroupsCard({ overview }: { readonly overview: OverviewView }) {
  const { runsByTrigger, runsByAgent, topErrors } = overview;
  return (
    <section class="card" aria-labelledby="groups">
      <h2 id="groups">What ran, and what failed</h2>
      <p class="note">
        {'Sums of the days above. '}
        <code>other</code>
        {' holds what the catalogue has no name for, and groups that are too small for the customer to tell.'}
      </p>
      <div class="breakdowns">
        <Groups title="Runs by trigger" groups={runsByTrigger} nothing="No run was reported." />
        <Groups title="Runs by agent" groups={runsByAgent} nothing="No run was reported." />
        <Groups title="Errors" groups={topErrors} nothing="No error was reported." />
      </div>
    </section>
  );
}

interface GroupsProps {
  readonly title: string;
  readonly groups: readonly GroupView[];
  readonly nothing: string;
}

function Groups({ title, groups, nothing }: GroupsProps) {
  return (
    <div>
      <h3>{title}</h3>
      {groups.length === 0 ? (
        <p class="nothing">{nothing}</p>
      ) : (
        <dl class="bars">
          {groups.map(({ label, count, share, length }) => (
            <div>
              <dt>
                <code>
                  <bdi>{label}</bdi>
                </code>
              </dt>
              <dd>
                {formatCount(count)} <span class="share">{formatShare(share)}</span>
              </dd>
              <dd>
                <svg aria-hidden="true" viewBox="0 0 100 1" preserveAspectRatio="none">
                  <rect width={Math.round(length * 1_000) / 10} height={1} />
                </svg>
              </dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  );
}

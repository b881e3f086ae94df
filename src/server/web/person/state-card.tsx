import { TimeUtc } from '../foundation/index.js';
import type { PersonView } from './read-view.js';
import type { WhyAnswer } from './schemas.js';

export interface StateCardProps {
  readonly view: Pick<PersonView, 'decision' | 'counts'>;
}

/** What happens now, in plain words, and who decided it. */
export function StateCard({ view: { decision, counts } }: StateCardProps) {
  if (decision === undefined) return <UnknownState />;
  const { why, settings } = decision;
  const lastSentAt = counts?.last_sent_at;
  return (
    <div class="state" data-state={why.mode}>
      <h2 id="state-title">{titleOf(why)}</h2>
      <p>
        {meaningOf(why)}
        {why.host !== null && (
          <>
            {' They go to '}
            <strong>
              <bdi>{shownHost(why.host)}</bdi>
            </strong>
            {'.'}
          </>
        )}
      </p>
      <p class="note">
        {lastSentAt ? (
          <>
            {'Last sent: '}
            <TimeUtc iso={lastSentAt} />
            {'.'}
          </>
        ) : (
          counts !== undefined && `Nothing was sent in the last ${counts.days.length} days.`
        )}
      </p>
      {settings.health.warnings.map(({ message }) => (
        <p class="message warning">{message}</p>
      ))}
    </div>
  );
}

/** Also what the script shows when it cannot find out what holds. */
export function UnknownState() {
  return (
    <div class="state" data-state="unknown">
      <h2 id="state-title">It is not known what happens now</h2>
      <p>Telemetry of this machine gave no answer that can be relied on.</p>
      <p>
        <a class="button" href="./">
          Try again
        </a>
      </p>
    </div>
  );
}

function titleOf({ mode }: WhyAnswer): string {
  switch (mode) {
    case 'off':
      return 'Telemetry is off';
    case 'local':
      return 'Nothing leaves this machine';
    case 'on':
      return 'Telemetry is on';
    default:
      return mode satisfies never;
  }
}

function meaningOf({ mode }: WhyAnswer): string {
  switch (mode) {
    case 'off':
      return 'Nothing is recorded, and nothing is sent.';
    case 'local':
      return 'Events are recorded for you to see. None of them is sent.';
    case 'on':
      return 'Events are recorded, and sent to the makers.';
    default:
      return mode satisfies never;
  }
}

/** Its path may hold a token. */
function shownHost(host: string): string {
  return /^https?:/.test(host) && URL.canParse(host) ? new URL(host).host : 'a server that cannot be named';
}

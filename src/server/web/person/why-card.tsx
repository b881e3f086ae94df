import type { PersonView } from './read-view.js';
import type { WhyAnswer } from './schemas.js';

type Layer = WhyAnswer['layers'][number];

/** Who decided, how to change it, and everybody else who has a say. */
export function WhyCard({ decision }: Pick<PersonView, 'decision'>) {
  return (
    <section class="card" aria-labelledby="why" data-part="why">
      <h2 id="why">Who decided?</h2>
      {decision === undefined ? (
        <p class="note">This is not known at the moment.</p>
      ) : (
        <Decided why={decision.why} />
      )}
    </section>
  );
}

function Decided({ why: { why, layers } }: { readonly why: WhyAnswer }) {
  return (
    <>
      <p>
        <bdi>{why.message}</bdi>
      </p>
      <p>
        <strong>To change it: </strong>
        <bdi>{why.fix}</bdi>
      </p>
      {layers.length > 0 && (
        <details>
          <summary>{`Everything that has a say (${layers.length})`}</summary>
          <ul class="layers">
            {layers.toSorted(byWeight).map(({ kind, about, source, fix }) => (
              <li>
                <span class={`tag ${kind}`}>{KINDS[kind]}</span>{' '}
                <code>
                  <bdi>{source}</bdi>
                </code>{' '}
                {about !== 'telemetry' && <span class="note">{`about ${PARTS[about] ?? about}`}</span>}
                <span class="why">
                  <bdi>{fix}</bdi>
                </span>
              </li>
            ))}
          </ul>
          <p class="note">Any no beats every yes. A “stay here” keeps everything on this machine.</p>
        </details>
      )}
    </>
  );
}

const KINDS: Readonly<Record<Layer['kind'], string>> = { off: 'no', local: 'stay here', yes: 'yes' };
const WEIGHTS: readonly Layer['kind'][] = ['off', 'local', 'yes'];

/** Telemetry as a whole first, and of that the noes. */
function byWeight(a: Layer, b: Layer): number {
  const whole = Number(b.about === 'telemetry') - Number(a.about === 'telemetry');
  return whole || WEIGHTS.indexOf(a.kind) - WEIGHTS.indexOf(b.kind);
}

const PARTS: Readonly<Record<string, string>> = {
  usageAnalytics: 'usage',
  errorReporting: 'errors',
  crashReporting: 'crash reports',
  diagnostics: 'diagnostics',
  toolsOverPrivacy: 'tools over privacy',
};

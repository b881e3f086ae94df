import type { PersonView } from './read-view.js';

/** What the person can do with what is kept. */
export function DataCard({ decision }: Pick<PersonView, 'decision'>) {
  const mayBundle = decision?.why.switches.diagnostics?.enabled === true;
  return (
    <section class="card" aria-labelledby="data" data-part="data">
      <h2 id="data">Your data</h2>
      <ul class="actions">
        <li>
          <a class="button" href="export" download>
            Export everything
          </a>
          <span class="note">One JSON file with all that is kept here.</span>
        </li>
        <li>
          {mayBundle ? (
            <a class="button" href="diagnostics" download>
              Download diagnostics
            </a>
          ) : (
            <span class="button off">Download diagnostics</span>
          )}
          <span class="note">
            {mayBundle
              ? 'A zip with counters, the last events and crashes by digests, for you to hand on.'
              : 'This needs a yes of its own: switch Diagnostics on first.'}
          </span>
        </li>
        <li>
          <a class="button danger" href="clear">
            Delete everything…
          </a>
          <span class="note">Asks once more. What was sent has left this machine.</span>
        </li>
      </ul>
    </section>
  );
}

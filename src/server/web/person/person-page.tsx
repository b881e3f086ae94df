import type { Context } from 'hono';
import { Page, type WebEnv, type WebParts } from '../foundation/index.js';
import { ActivityCard } from './activity-card.js';
import { ChangesCard } from './changes-card.js';
import { CollectedCard } from './collected-card.js';
import { CountsCard } from './counts-card.js';
import { DataCard } from './data-card.js';
import type { PersonView } from './read-view.js';
import { StateCard, UnknownState } from './state-card.js';
import { SwitchesCard } from './switches-card.js';
import { UsageCard } from './usage-card.js';
import { WhyCard } from './why-card.js';

export interface PersonPageProps {
  readonly context: Context<WebEnv>;
  readonly parts: WebParts;
  readonly view: PersonView;
  /** Why a change was not made. */
  readonly problem?: string | undefined;
}

/** Everything about the telemetry of one program on this machine. The script puts parts marked `data-part` in the place of those that it has. */
export function PersonPage({ context, parts, view, problem }: PersonPageProps) {
  return (
    <Page
      context={context}
      parts={parts}
      title={`Telemetry of ${view.app}`}
      tab="/"
      styles={['uPlot.min.css', 'person.css']}
      scripts={['uPlot.iife.min.js', 'person.js']}
    >
      <h1>
        {'Telemetry of '}
        <bdi>{view.app}</bdi>
      </h1>
      <p class="lead">
        What this program tells its makers, and how to stop it. This page never leaves your machine.
      </p>
      <section class="card main" aria-labelledby="state-title">
        <div data-part="state">
          <StateCard view={view} />
        </div>
        <p class={problem ? 'message problem' : 'message'} role="status" aria-live="polite" data-message>
          {problem}
        </p>
        <div data-part="switches">
          <SwitchesCard context={context} decision={view.decision} />
        </div>
        <template data-unknown>
          <UnknownState />
        </template>
      </section>
      <ChangesCard context={context} changes={view.changes} />
      <WhyCard decision={view.decision} />
      <ActivityCard ledger={view.ledger} />
      <CountsCard counts={view.counts} />
      <CollectedCard catalogue={view.catalogue} />
      <UsageCard usage={view.usage} />
      <DataCard decision={view.decision} />
    </Page>
  );
}

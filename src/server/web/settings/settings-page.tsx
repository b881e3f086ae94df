import type { Context } from 'hono';
import type { ReportSchedule } from '../../wire/reports/index.js';
import { Page, type WebEnv, type WebParts } from '../foundation/index.js';
import { Collected } from './collected.js';
import { ChangeHistory, SentHistory } from './histories.js';
import { NextReports } from './next-reports.js';
import type { SettingsView } from './read-settings-view.js';
import { SwitchCard, UnknownCard } from './switch-card.js';

export interface SettingsPageProps {
  readonly context: Context<WebEnv>;
  readonly parts: WebParts;
  readonly schedule: ReportSchedule;
  readonly view: SettingsView;
  readonly notice?: string | undefined;
}

/** The tab Telemetry. The script puts parts marked `data-part` in the place of those that it has. */
export function SettingsPage({ context, parts, schedule, view, notice }: SettingsPageProps) {
  const { caller, state } = view;
  const enabled = state.kind === 'unknown' ? undefined : state.kind !== 'stopped' && state.enabled;
  return (
    <Page context={context} parts={parts} title="Telemetry" tab="/settings" scripts={['settings.js']}>
      <nav class="subtabs" aria-label="Settings">
        <a href="/settings" aria-current="page">
          Telemetry
        </a>
      </nav>
      <h1>Telemetry</h1>
      <p class="lead" data-part="caller">
        {caller === undefined ? (
          'One switch for your organisation.'
        ) : (
          <>
            {'One switch for the organisation '}
            <strong>
              <bdi>{caller.org_id}</bdi>
            </strong>
            {caller.team_node_id !== null && (
              <>
                {', seen by the team '}
                <bdi>{caller.team_node_id}</bdi>
              </>
            )}
            {'.'}
          </>
        )}
      </p>
      <section class="card main" aria-labelledby="state-title">
        <div data-part="state">
          <SwitchCard context={context} state={state} schedule={schedule} />
        </div>
        <p
          class={notice !== undefined ? 'message problem' : 'message'}
          role="status"
          aria-live="polite"
          data-message
        >
          {notice}
        </p>
        <template data-unknown>
          <UnknownCard />
        </template>
      </section>
      <NextReports next={view.next} schedule={schedule} enabled={enabled} />
      <Collected schedule={schedule} />
      <SentHistory sent={view.sent} />
      <ChangeHistory changes={view.changes} />
    </Page>
  );
}

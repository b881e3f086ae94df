import type { Context } from 'hono';
import { describeFrequency, type ReportSchedule } from '../../wire/reports/index.js';
import { CsrfField, TimeUtc, type WebEnv } from '../foundation/index.js';
import type { Answer, SwitchState } from './switch-state.js';

export interface SwitchCardProps {
  readonly context: Context<WebEnv>;
  readonly state: SwitchState;
  readonly schedule: ReportSchedule;
}

/** The state of the organisation, and the switch for whoever may use it. */
export function SwitchCard({ context, state, schedule }: SwitchCardProps) {
  switch (state.kind) {
    case 'unknown':
      return <UnknownCard />;
    case 'stopped':
      return (
        <div class="state" data-state="stopped">
          <h2 id="state-title" tabindex={-1}>
            Stopped by the operator
          </h2>
          <p>
            The operator has stopped telemetry for every organisation. Nothing is sent, whatever an
            organisation has chosen, and it can be switched on again only after the operator has lifted the
            stop.
          </p>
        </div>
      );
    case 'read_only':
      return (
        <div class="state" data-state={state.enabled ? 'on' : 'off'} data-by={state.changed?.by ?? ''}>
          <h2 id="state-title" tabindex={-1}>
            {titleOf(state)}
          </h2>
          <Meaning answer={state} schedule={schedule} />
          <p class="note">
            Your token may look and not change. Somebody with an admin's token of this organisation can switch
            it; the operator makes such tokens.
          </p>
        </div>
      );
    case 'switch':
      return (
        <div class="state" data-state={state.enabled ? 'on' : 'off'} data-by={state.changed?.by ?? ''}>
          <div class="state-row">
            <h2 id="state-title" tabindex={-1}>
              {titleOf(state)}
            </h2>
            <form method="post" action="/settings/telemetry" data-switch>
              <CsrfField context={context} />
              {state.etag !== undefined && <input type="hidden" name="etag" value={state.etag} />}
              <button
                class="switch"
                type="submit"
                role="switch"
                name="telemetry_enabled"
                value={String(!state.enabled)}
                aria-checked={state.enabled ? 'true' : 'false'}
                aria-label="Telemetry of this organisation"
                aria-describedby="state-meaning"
              >
                <span class="switch-knob" aria-hidden="true" />
              </button>
            </form>
          </div>
          <Meaning answer={state} schedule={schedule} />
        </div>
      );
    default:
      return state satisfies never;
  }
}

/** Also what the script shows when it cannot find out what holds. */
export function UnknownCard() {
  return (
    <div class="state" data-state="unknown">
      <h2 id="state-title" tabindex={-1}>
        It is not known whether data is sent
      </h2>
      <p>The settings service gave no answer that can be relied on. Nothing can be switched until it does.</p>
      <p>
        <a class="button" href="/settings">
          Try again
        </a>
      </p>
    </div>
  );
}

const titleOf = ({ enabled }: Answer) => (enabled ? 'Telemetry is on' : 'Telemetry is off');

function Meaning({ answer, schedule }: { readonly answer: Answer; readonly schedule: ReportSchedule }) {
  const { heartbeat, daily } = describeFrequency(schedule);
  return (
    <>
      <p id="state-meaning">
        {answer.enabled
          ? `Runs of this organisation are counted in the numbers that are sent to the vendor: ${heartbeat}, and ${daily}.`
          : 'Runs of this organisation are counted in nothing that is sent.'}
      </p>
      <p class="note">
        {answer.changed === undefined ? (
          'This organisation has not decided yet: this is the default.'
        ) : (
          <>
            {'Changed '}
            <TimeUtc iso={answer.changed.at} />
            {answer.changed.by !== null && (
              <>
                {' by '}
                <bdi>{answer.changed.by}</bdi>
              </>
            )}
            {'.'}
          </>
        )}
      </p>
    </>
  );
}

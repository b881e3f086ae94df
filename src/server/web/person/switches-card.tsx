import type { Context } from 'hono';
import { CsrfField, type WebEnv } from '../foundation/index.js';
import type { PersonView } from './read-view.js';
import { type SwitchName, type SwitchState, toSwitchStates } from './switch-states.js';

const WORDS: Readonly<Record<SwitchName, { readonly label: string; readonly hint: string }>> = {
  telemetry: {
    label: 'Enable telemetry',
    hint: 'Record how the program is used. A no also erases the ids and the secret that were made for it.',
  },
  dry_run: {
    label: 'Dry run',
    hint: 'Record for you to see, and send nothing.',
  },
  crash: {
    label: 'Crash reports',
    hint: 'Record what kind of error ended the program, without texts or paths.',
  },
  diagnostics: {
    label: 'Diagnostics',
    hint: 'Let a bundle be made that you can download and hand on yourself. Nothing of it is sent.',
  },
};

export interface SwitchesCardProps {
  readonly context: Context<WebEnv>;
  readonly decision: PersonView['decision'];
}

/** What the person can decide here. No switch is shown while it is not known what holds. */
export function SwitchesCard({ context, decision }: SwitchesCardProps) {
  if (decision === undefined) return undefined;
  return (
    <ul class="switches">
      {toSwitchStates(decision).map((state) => (
        <li>
          <Switch context={context} state={state} />
        </li>
      ))}
    </ul>
  );
}

interface SwitchProps {
  readonly context: Context<WebEnv>;
  readonly state: SwitchState;
}

function Switch({ context, state: { name, checked, held, hasHiddenYes } }: SwitchProps) {
  const { label, hint } = WORDS[name];
  const id = `switch-${name}`;
  return (
    <form method="post" action="settings" data-switch={name} autocomplete="off">
      <CsrfField context={context} />
      <input type="hidden" name="switch" value={name} />
      <div class="switch-row">
        <input
          id={id}
          type="checkbox"
          name="enabled"
          value="true"
          checked={checked}
          disabled={held !== undefined}
          aria-describedby={`${id}-hint`}
        />
        <label for={id}>{label}</label>
        {held === undefined && (
          <button class="quiet without-script" type="submit" aria-label={`Save: ${label}`}>
            Save
          </button>
        )}
      </div>
      <div id={`${id}-hint`} class="switch-hint">
        <p class="note">{hint}</p>
        {held && (
          <p class="held">
            {checked ? 'This cannot be changed here. ' : 'This cannot be switched on here. '}
            <bdi>{held.message}</bdi> <bdi>{held.fix}</bdi>
          </p>
        )}
      </div>
      {hasHiddenYes && (
        <p class="held">
          {'Your own answer is a yes, which counts once nothing else says no. '}
          <button class="quiet" type="submit">
            Take back my yes
          </button>
        </p>
      )}
    </form>
  );
}

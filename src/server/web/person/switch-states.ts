import type { PersonView } from './read-view.js';
import type { WhyAnswer } from './schemas.js';

/** The switches of the page, by the names that forms carry. */
export const SWITCH_NAMES = ['telemetry', 'dry_run', 'crash', 'diagnostics'] as const;
export type SwitchName = (typeof SWITCH_NAMES)[number];

export const isSwitchName = (name: string | null): name is SwitchName =>
  SWITCH_NAMES.some((known) => known === name);

/** A switch as it is shown. */
export interface SwitchState {
  readonly name: SwitchName;
  /** What holds, whatever the person has answered. */
  readonly checked: boolean;
  /** Why the switch cannot change what holds, and what can. Undefined: it can. */
  readonly held: { readonly message: string; readonly fix: string } | undefined;
  /** Whether there is a yes of the person behind what holds it back, which they can take back all the same. */
  readonly hasHiddenYes: boolean;
}

type Decision = NonNullable<PersonView['decision']>;
type Layer = WhyAnswer['layers'][number];

/** What the person's own answer moves: the consent file, and with it the flag of the app. */
const OWN_LAYERS = ['consent_file', 'umbrella_flag', 'crash_flag'];
/** What decides when nobody has spoken: an answer takes its place. */
const SILENCE = ['not_asked', 'notice_pending', 'switch_not_chosen'];

const ABOUT = { crash: 'crashReporting', diagnostics: 'diagnostics' } as const;

/** Pure. A switch never claims more than what holds, and says what stands in its way. */
export function toSwitchStates({ settings: { settings }, why }: Decision): readonly SwitchState[] {
  const telemetryHeld = heldOff(why);
  const isOff = why.mode === 'off';
  const part = (name: 'crash' | 'diagnostics', optIn: boolean): SwitchState => {
    const enabled = why.switches[ABOUT[name]]?.enabled === true;
    const held = enabled ? undefined : (heldBy(why, 'off', ABOUT[name]) ?? unlessOn(why));
    return { name, checked: enabled, held, hasHiddenYes: held !== undefined && optIn };
  };
  return [
    {
      name: 'telemetry',
      checked: !isOff,
      held: telemetryHeld,
      hasHiddenYes: telemetryHeld !== undefined && settings.telemetry_opt_in,
    },
    {
      name: 'dry_run',
      checked: isOff ? settings.dry_run : why.mode === 'local',
      held: why.mode === 'local' ? (heldBy(why, 'local', 'telemetry') ?? withoutKey(why)) : undefined,
      hasHiddenYes: false,
    },
    part('crash', settings.crash_opt_in),
    part('diagnostics', settings.diagnostics_opt_in),
  ];
}

/** Why a yes of the person would not switch telemetry on. */
function heldOff(why: WhyAnswer): SwitchState['held'] {
  if (why.mode !== 'off') return undefined;
  return heldBy(why, 'off', 'telemetry') ?? (isAnswerable(why.why.layer) ? undefined : why.why);
}

function isAnswerable(layer: string): boolean {
  return OWN_LAYERS.includes(layer) || SILENCE.includes(layer);
}

/** Nowhere to send to: it stays local whatever is answered. */
function withoutKey({ why }: WhyAnswer): SwitchState['held'] {
  return why.layer === 'no_key' ? why : undefined;
}

function unlessOn({ mode }: WhyAnswer): SwitchState['held'] {
  if (mode !== 'off') return undefined;
  return { message: 'Telemetry is off, and this with it.', fix: 'Enable telemetry first.' };
}

/** What another than the person says about it; the reason that was decided by, if it is one of these. */
function heldBy({ why, layers }: WhyAnswer, kind: Layer['kind'], about: string): SwitchState['held'] {
  const others = layers.filter(
    (layer) => layer.kind === kind && layer.about === about && !OWN_LAYERS.includes(layer.layer),
  );
  const [first] = others;
  if (first === undefined) return undefined;
  if (others.some(({ source }) => source === why.source)) return why;
  return { message: `${first.source} decides it.`, fix: first.fix };
}

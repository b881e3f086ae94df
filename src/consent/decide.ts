import {
  type ConsentBasis,
  type ConsentLayer,
  type ConsentLayerName,
  type ConsentSwitch,
  variableNames,
} from '../settings/index.js';
import type { ConsentDecision, ConsentReason, Mode, SwitchDecision } from './decision.js';
import { PRIORITY, toNotChosenReason, toReason, toSwitchReason } from './reasons.js';
import { CONSENT_SWITCHES, toSwitchWord } from './switches.js';

export interface ConsentInput {
  /** Everything that speaks about consent, in any order. */
  readonly layers: readonly ConsentLayer[];
  readonly basis: ConsentBasis;
  /** Whether there is a key to send with. Recording locally needs none. */
  readonly hasKey: boolean;
  /** Whether events are recorded for the person where there is no key; false unless given. */
  readonly recordsWithoutKey?: boolean | undefined;
  /** What the app's variables start with, for naming the one that helps. */
  readonly prefix: string;
  /** What a person types to decide, such as `acme telemetry`; undefined when the app offers no such command. */
  readonly command: string | undefined;
  /** Why nobody can be asked, as the rest of a sentence: `standard input is no terminal`. */
  readonly notAskedBecause?: string | undefined;
  /** Differs after every answer of the person; empty unless given. Passed on as it is. */
  readonly epoch?: string | undefined;
  /** Which agreement of the person is remembered; read only where one counts. None unless given. */
  readonly covers?: (() => string) | undefined;
}

/** What a yes to telemetry includes. The other switches need a yes of their own. */
const INCLUDED: readonly ConsentSwitch[] = ['usageAnalytics', 'errorReporting'];

/**
 * Whose `local` asks for recording without a key: the person's and the maker's. The others only take away, and must not
 * make a program record that would otherwise be off.
 */
const ASKS_FOR_LOCAL: readonly ConsentLayerName[] = [
  'dry_run_variable',
  'dry_run_option',
  'consent_file',
  'user_config',
];

/**
 * Decide what may be done with events.
 *
 * 1. Any `off` means `off`, whatever else is said.
 * 2. Sending needs a key; without one, and without a `local` of the person or the maker, the mode is `off`. Where nobody knows
 *    where events go, it is `local` instead.
 * 3. Then one `yes` is needed; silence is `off`.
 * 4. Any `local` narrows to `local`; otherwise the mode is `on`.
 *
 * Within a mode that is not `off`, a switch is enabled unless any `off` speaks about it; usage analytics and error reporting
 * at once, the others only with a `yes` about them.
 *
 * Pure. The order of the layers changes nothing, neither what is decided nor the reasons.
 *
 * @returns a frozen decision; each `why` names the weightiest layer of the rule that applied
 */
export function decideConsent(input: ConsentInput): ConsentDecision {
  const [mode, reason] = decideMode(input);
  const why = Object.freeze(reason);
  const switches = CONSENT_SWITCHES.map((name) => {
    const [enabled, switchReason] = mode === 'off' ? [false, why] : decideSwitch(name, why, input);
    const decision: SwitchDecision = { enabled, why: Object.freeze(switchReason) };
    return [name, Object.freeze(decision)];
  });
  const { epoch = '' } = input;
  const covers = mode !== 'off' && isHeldToAgreement(input) ? (input.covers?.() ?? '') : undefined;
  return Object.freeze({ mode, why, epoch, covers, switches: Object.freeze(Object.fromEntries(switches)) });
}

/** What a person was shown and said yes to. Every other yes, a variable or `given`, is to whatever version runs. */
const SHOWN: readonly ConsentLayerName[] = ['consent_file', 'notice'];

function isHeldToAgreement({ layers }: ConsentInput): boolean {
  const yeses = layers.filter(({ kind, about }) => kind === 'yes' && about === 'telemetry');
  return yeses.every(({ layer }) => SHOWN.includes(layer));
}

function decideMode(input: ConsentInput): [Mode, ConsentReason] {
  const layers = input.layers.filter(({ about }) => about === 'telemetry');
  const off = weightiest(layers, 'off');
  if (off !== undefined) return ['off', toReason('off', off)];

  const isAskedFor = layers.some(({ kind, layer }) => kind === 'local' && ASKS_FOR_LOCAL.includes(layer));
  if (!isAskedFor && !input.hasKey && !input.recordsWithoutKey) return ['off', noKey(input)];

  const yes = weightiest(layers, 'yes');
  if (yes === undefined) return ['off', noYes(input)];

  const local = weightiest(layers, 'local');
  if (local !== undefined) return ['local', toReason('local', local)];
  return input.hasKey ? ['on', toReason('on', yes)] : ['local', noKey(input)];
}

/** @param main - why telemetry is not off */
function decideSwitch(
  name: ConsentSwitch,
  main: ConsentReason,
  input: ConsentInput,
): [enabled: boolean, ConsentReason] {
  const layers = input.layers.filter(({ about }) => about === name);
  const off = weightiest(layers, 'off');
  if (off !== undefined) return [false, toSwitchReason(name, false, off)];
  if (INCLUDED.includes(name)) return [true, main];

  const yes = weightiest(layers, 'yes');
  return yes === undefined
    ? [false, toNotChosenReason(name, howToChoose(name, input))]
    : [true, toSwitchReason(name, true, yes)];
}

function weightiest(layers: readonly ConsentLayer[], kind: ConsentLayer['kind']): ConsentLayer | undefined {
  return layers.filter((layer) => layer.kind === kind).sort(byWeight)[0];
}

function byWeight(a: ConsentLayer, b: ConsentLayer): number {
  const difference = PRIORITY.indexOf(a.layer) - PRIORITY.indexOf(b.layer);
  return difference || compareText(a.source, b.source) || compareText(a.fix, b.fix);
}

/** By code units: the same on every machine, unlike a comparison by locale. */
function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function noKey({ prefix, recordsWithoutKey }: ConsentInput): ConsentReason {
  const [variable] = variableNames('posthog.key', prefix);
  return {
    layer: 'no_key',
    source: 'posthog.key',
    ...(recordsWithoutKey
      ? {
          message: 'Events are recorded for you to see and never sent: nobody has said here where they go.',
          fix: `Set ${variable}, or use the command of the app itself.`,
        }
      : {
          message: 'Telemetry is off: there is no project key to send with.',
          fix: `Set ${variable}, or pass posthog.key in code.`,
        }),
  };
}

function noYes({ basis, prefix, command, notAskedBecause }: ConsentInput): ConsentReason {
  const [variable] = variableNames('enabled', prefix);
  const fix =
    command === undefined ? `Set ${variable}=true.` : `Run \`${command} enable\`, or set ${variable}=true.`;
  if (basis === 'opt-out') {
    const unshown = notAskedBecause === undefined ? '' : `, and cannot be shown here: ${notAskedBecause}`;
    const message = `Telemetry is off: the notice about it has not been shown before this run${unshown}.`;
    return { layer: 'notice_pending', source: 'consent', message, fix };
  }
  const unasked = notAskedBecause === undefined ? '' : `, and nobody can be asked here: ${notAskedBecause}`;
  const message = `Telemetry is off: nobody has agreed to it${unasked}.`;
  return { layer: 'not_asked', source: 'consent', message, fix };
}

function howToChoose(name: ConsentSwitch, { command, prefix }: ConsentInput): string {
  if (command !== undefined) return `Run \`${command} enable ${toSwitchWord(name)}\`.`;
  return `Set ${variableNames(name, prefix)[0]}=true.`;
}

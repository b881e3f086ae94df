import { type ConsentBasis, type ConsentLayer, variableNames } from '../settings/index.js';
import type { ConsentDecision, ConsentReason, Mode } from './decision.js';
import { PRIORITY, toReason } from './reasons.js';

export interface ConsentInput {
  /** Everything that speaks about consent, in any order. */
  readonly layers: readonly ConsentLayer[];
  readonly basis: ConsentBasis;
  /** Whether there is a key to send with. Recording locally needs none. */
  readonly hasKey: boolean;
  /** What the app's variables start with, for naming the one that helps. */
  readonly prefix: string;
}

/**
 * Decide what may be done with events.
 *
 * 1. Any `off` means `off`, whatever else is said.
 * 2. Sending needs a key; without one, and without a `local` layer, the mode is `off`.
 * 3. Then one `yes` is needed; silence is `off`.
 * 4. Any `local` narrows to `local`; otherwise the mode is `on`.
 *
 * Pure. The order of the layers changes nothing, neither the mode nor the reason.
 *
 * @returns a frozen decision whose `why` names the weightiest layer of the rule that applied
 */
export function decideConsent({ layers, basis, hasKey, prefix }: ConsentInput): ConsentDecision {
  const off = weightiest(layers, 'off');
  if (off !== undefined) return decision('off', toReason('off', off));

  const local = weightiest(layers, 'local');
  if (local === undefined && !hasKey) return decision('off', noKey(prefix));

  const yes = weightiest(layers, 'yes');
  if (yes === undefined) return decision('off', noYes(basis, prefix));

  return local === undefined
    ? decision('on', toReason('on', yes))
    : decision('local', toReason('local', local));
}

function decision(mode: Mode, why: ConsentReason): ConsentDecision {
  return Object.freeze({ mode, why: Object.freeze(why) });
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

function noKey(prefix: string): ConsentReason {
  const [variable] = variableNames('posthog.key', prefix);
  return {
    layer: 'no_key',
    source: 'posthog.key',
    message: 'Telemetry is off: there is no project key to send with.',
    fix: `Set ${variable}, or pass posthog.key in code.`,
  };
}

function noYes(basis: ConsentBasis, prefix: string): ConsentReason {
  const [variable] = variableNames('enabled', prefix);
  const fix = `Set ${variable}=true.`;
  if (basis === 'opt-out') {
    const message = 'Telemetry is off: the notice about it has not been shown yet.';
    return { layer: 'notice_pending', source: 'consent', message, fix };
  }
  return {
    layer: 'not_asked',
    source: 'consent',
    message: 'Telemetry is off: nobody has agreed to it.',
    fix,
  };
}

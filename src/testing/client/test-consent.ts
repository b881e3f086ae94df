import { type ConsentOptions, type ConsentParts, openConsent } from '../../client/index.js';
import { type ConsentDecision, type ConsentWatch, decideConsent, type Mode } from '../../consent/index.js';
import { randomId } from '../../internal/index.js';
import { NOTHING_HELD } from '../../privacy/index.js';
import type { ConsentLayer, Environment, Settings } from '../../settings/index.js';

/** As if nobody said anything outside of code. */
const NOTHING: Environment = { env: {}, dotenv: {} };

/**
 * Consent as a test says it: code and the mode decide, and neither the environment nor a file of this machine is asked. What is
 * answered meanwhile holds, and is kept in memory.
 *
 * @throws {ConfigError} `OPTION_UNKNOWN` or `OPTION_INVALID`
 */
export function openTestConsent(options: ConsentOptions, mode: Mode): ConsentParts {
  const parts = openConsent({ ...options, consent: 'given' }, NOTHING, [], { keepsNothing: true });
  let answer = { mode, epoch: randomId() };
  const layers = () => [...parts.settings.consentLayers, ...toLayers(answer.mode)];
  const watch = createTestWatch(() => decide(parts.settings, layers(), answer.epoch));
  const give = (given: Mode) => {
    answer = { mode: given, epoch: randomId() };
  };

  return {
    ...parts,
    watch,
    layers,
    // A yes in a test is one to what is collected there.
    coverage: { ...parts.coverage, heldBack: () => NOTHING_HELD, heldPaths: () => [] },
    acceptCatalogue: () => true,
    declineCatalogue: () => true,
    optIn: ({ dryRun }) => give(dryRun ? 'local' : 'on'),
    answer: ({ telemetry, dryRun }) => {
      if (telemetry === false) give('off');
      else if (telemetry || answer.mode !== 'off') give(dryRun ? 'local' : 'on');
    },
    forgetWaiting: () => {
      give(answer.mode);
      return true;
    },
    optOut: () => {
      give('off');
      return true;
    },
  };
}

/** The same object as long as nothing has changed, as everybody who follows it expects. */
function createTestWatch(decideNow: () => ConsentDecision): ConsentWatch {
  let decision: ConsentDecision | undefined;
  const current = () => {
    const now = decideNow();
    if (JSON.stringify(decision) !== JSON.stringify(now)) decision = now;
    return decision ?? now;
  };
  return { current, refresh: current, noteNotAsked: () => {} };
}

function decide(
  { prefix, command }: Settings,
  layers: readonly ConsentLayer[],
  epoch: string,
): ConsentDecision {
  return decideConsent({ layers, basis: 'given', hasKey: true, prefix, command, epoch });
}

const SAID = {
  about: 'telemetry',
  layer: 'consent_file',
  source: 'createTestTelemetry()',
  fix: 'Pass another consent to createTestTelemetry().',
} as const;

function toLayers(mode: Mode): readonly ConsentLayer[] {
  switch (mode) {
    case 'off':
      return [{ ...SAID, kind: 'off' }];
    case 'local':
      return [
        { ...SAID, kind: 'yes' },
        { ...SAID, kind: 'local' },
      ];
    case 'on':
      return [{ ...SAID, kind: 'yes' }];
    default:
      return mode satisfies never;
  }
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ConsentInput, decideConsent, type Mode } from '../../../src/consent/index.js';
import {
  type ConsentLayer,
  type ConsentLayerName,
  resolveSettings,
  type Settings,
  type TelemetryOptions,
} from '../../../src/settings/index.js';

const KINDS: Readonly<Record<ConsentLayerName, readonly ConsentLayer['kind'][]>> = {
  disable_variable: ['off'],
  do_not_track: ['off'],
  enabled_variable: ['off', 'yes'],
  enabled_option: ['off'],
  destination_invalid: ['off'],
  dotenv_unreadable: ['off'],
  dry_run_variable: ['local'],
  dry_run_option: ['local'],
  given: ['yes'],
};

const ALL_LAYERS: readonly ConsentLayer[] = (Object.keys(KINDS) as ConsentLayerName[]).flatMap((layer) =>
  KINDS[layer].flatMap((kind) =>
    ['FIRST', 'SECOND'].flatMap((source) =>
      ['Change it.', 'Remove it.'].map((fix) => ({ kind, layer, source, fix })),
    ),
  ),
);

const decide = (input: Partial<ConsentInput>) =>
  decideConsent({ layers: [], basis: 'opt-in', hasKey: true, prefix: 'ACME', ...input });

const inputs = fc.record({
  layers: fc.array(fc.constantFrom(...ALL_LAYERS), { maxLength: 8 }),
  basis: fc.constantFrom('opt-in', 'opt-out', 'given'),
  hasKey: fc.boolean(),
});

const WIDTH: Readonly<Record<Mode, number>> = { off: 0, local: 1, on: 2 };

describe('whatever is said', () => {
  it('one more off never widens: it is always off', () => {
    const off = fc.constantFrom(...ALL_LAYERS.filter((layer) => layer.kind === 'off'));
    fc.assert(
      fc.property(inputs, off, fc.nat(8), (input, added, at) => {
        const layers = input.layers.toSpliced(at, 0, added);
        expect(decide({ ...input, layers }).mode).toBe('off');
      }),
    );
  });

  it('one more local never makes it on', () => {
    const local = fc.constantFrom(...ALL_LAYERS.filter((layer) => layer.kind === 'local'));
    fc.assert(
      fc.property(inputs, local, (input, added) => {
        expect(decide({ ...input, layers: [...input.layers, added] }).mode).not.toBe('on');
      }),
    );
  });

  it('one yes less never widens', () => {
    fc.assert(
      fc.property(inputs, (input) => {
        const withoutYes = input.layers.filter((layer) => layer.kind !== 'yes');
        const narrower = decide({ ...input, layers: withoutYes }).mode;
        expect(WIDTH[narrower]).toBeLessThanOrEqual(WIDTH[decide(input).mode]);
      }),
    );
  });

  it('without any yes it is off, under every basis', () => {
    const silent = inputs.map((input) => ({
      ...input,
      layers: input.layers.filter((layer) => layer.kind !== 'yes'),
    }));
    fc.assert(
      fc.property(silent, (input) => {
        expect(decide(input).mode).toBe('off');
      }),
    );
  });

  it('without a key it is never on', () => {
    fc.assert(
      fc.property(inputs, (input) => {
        expect(decide({ ...input, hasKey: false }).mode).not.toBe('on');
      }),
    );
  });

  it('the order of the layers changes neither the mode nor the reason', () => {
    const shuffled = inputs.chain((input) =>
      fc.record({
        input: fc.constant(input),
        layers: fc.shuffledSubarray(input.layers, { minLength: input.layers.length }),
      }),
    );
    fc.assert(
      fc.property(shuffled, ({ input, layers }) => {
        expect(decide({ ...input, layers })).toEqual(decide(input));
      }),
    );
  });

  it.each(['off', 'local', 'yes'])(
    'the reason is the same for every %s said at once, in either order',
    (kind) => {
      const yes = ALL_LAYERS.filter((layer) => layer.kind === 'yes');
      const layers = kind === 'yes' ? yes : [...ALL_LAYERS.filter((layer) => layer.kind === kind), ...yes];
      expect(decide({ layers: layers.toReversed() })).toEqual(decide({ layers }));
    },
  );

  it('the arguments stay as they were, frozen or not, and the result is frozen', () => {
    fc.assert(
      fc.property(inputs, (input) => {
        const decision = decide({ ...input, layers: Object.freeze([...input.layers]) });
        expect(Object.isFrozen(decision) && Object.isFrozen(decision.why)).toBe(true);
      }),
    );
  });

  it('the reason is two whole sentences', () => {
    fc.assert(
      fc.property(inputs, (input) => {
        const { message, fix } = decide(input).why;
        expect(message).toMatch(/^[A-Z].*\.$/);
        expect(fix).toMatch(/^[A-Z].*\.$/);
      }),
    );
  });
});

describe('the weightiest reason', () => {
  const ORDER = [
    'disable_variable',
    'do_not_track',
    'enabled_variable',
    'destination_invalid',
    'enabled_option',
  ] as const;

  it.each(ORDER.map((layer, rank) => [layer, ORDER.slice(rank + 1)] as const))(
    '%s is named before %j',
    (layer, lighter) => {
      const offs = ALL_LAYERS.filter((candidate) => candidate.kind === 'off');
      const layers = offs.filter(
        (candidate) => candidate.layer === layer || lighter.some((name) => name === candidate.layer),
      );
      expect(decide({ layers: layers.toReversed() }).why).toMatchObject({ layer, source: 'FIRST' });
    },
  );

  it('of a yes is the variable before what the program says', () => {
    const layers = ALL_LAYERS.filter((layer) => layer.kind === 'yes').toReversed();
    expect(decide({ layers }).why).toMatchObject({ layer: 'enabled_variable', source: 'FIRST' });
  });
});

const settingsOf = (env: Record<string, string>, options: Partial<TelemetryOptions> = {}, dotenv = {}) =>
  resolveSettings({ app: 'acme', ...options }, { env, dotenv });

const decideFor = ({ consentLayers, consent, posthog, prefix }: Settings) =>
  decideConsent({ layers: consentLayers, basis: consent, hasKey: posthog.key !== undefined, prefix });

const KEY = { posthog: { key: 'phc_1' } };
const YES = { ACME_TELEMETRY_ENABLED: 'true' };

describe('with settings', () => {
  it.each([
    ['off', 'not_asked', {}, KEY],
    ['off', 'not_asked', {}, { ...KEY, enabled: true }],
    ['off', 'notice_pending', {}, { ...KEY, consent: 'opt-out' }],
    ['off', 'no_key', {}, {}],
    ['off', 'no_key', YES, {}],
    ['off', 'no_key', {}, { consent: 'given' }],
    ['off', 'not_asked', {}, { dryRun: true }],
    ['local', 'dry_run_option', YES, { dryRun: true }],
    ['local', 'dry_run_option', {}, { ...KEY, consent: 'given', dryRun: true }],
    ['local', 'dry_run_variable', { ...YES, ACME__TELEMETRY__DRY_RUN: '1' }, KEY],
    ['on', 'enabled_variable', YES, KEY],
    ['on', 'enabled_variable', YES, { ...KEY, consent: 'given' }],
    ['on', 'given', {}, { ...KEY, consent: 'given' }],
    ['off', 'enabled_variable', { ACME_TELEMETRY_ENABLED: 'false' }, { ...KEY, consent: 'given' }],
    ['off', 'enabled_option', YES, { ...KEY, enabled: false }],
    ['off', 'disable_variable', { ...YES, DISABLE_TELEMETRY: '1' }, { ...KEY, enabled: true }],
    ['off', 'do_not_track', { ...YES, DO_NOT_TRACK: '1' }, { ...KEY, consent: 'given' }],
    ['off', 'destination_invalid', { ...YES, ACME__TELEMETRY__POSTHOG_HOST: 'nowhere' }, KEY],
  ] as const)('is %s by %s for %j and %j', (mode, layer, env, options) => {
    expect(decideFor(settingsOf(env, options))).toMatchObject({ mode, why: { layer } });
  });

  it('says in plain words what decided and what helps', () => {
    expect(decideFor(settingsOf({ DO_NOT_TRACK: '1' }, KEY)).why).toEqual({
      layer: 'do_not_track',
      source: 'DO_NOT_TRACK',
      message: 'Telemetry is off: DO_NOT_TRACK says so.',
      fix: 'Unset DO_NOT_TRACK.',
    });
    expect(decideFor(settingsOf({}, KEY, { DISABLE_TELEMETRY: '1' })).why).toEqual({
      layer: 'disable_variable',
      source: 'DISABLE_TELEMETRY in .env',
      message: 'Telemetry is off: DISABLE_TELEMETRY in .env says so.',
      fix: 'Remove DISABLE_TELEMETRY from the .env file in the working directory.',
    });
    expect(decideFor(settingsOf({}, KEY)).why).toEqual({
      layer: 'not_asked',
      source: 'consent',
      message: 'Telemetry is off: nobody has agreed to it.',
      fix: 'Set ACME_TELEMETRY_ENABLED=true.',
    });
  });
});

describe('the fix of an environment variable', () => {
  /** Do what the sentence says, in an environment. */
  const follow = (fix: string, env: Record<string, string>): Record<string, string> => {
    const [, name, value] = /^Set (\w+)=(\w+)\.$/.exec(fix) ?? [];
    if (name !== undefined && value !== undefined) return { ...env, [name]: value };
    const [, unset] = /(?:^Unset|^Set|^Correct) (\w+)/.exec(fix) ?? [];
    if (unset === undefined) throw new Error(`cannot follow: ${fix}`);
    const { [unset]: _removed, ...rest } = env;
    return fix.startsWith('Set') ? { ...rest, [unset]: 'phc_1' } : rest;
  };

  it('works: followed again and again, it ends with telemetry that is on', () => {
    let env: Record<string, string> = {
      DISABLE_TELEMETRY: '1',
      ACME_DISABLE_TELEMETRY: 'yes',
      ACME__TELEMETRY__DISABLE_TELEMETRY: 'perhaps',
      DO_NOT_TRACK: '1',
      ACME_TELEMETRY_ENABLED: 'false',
      ACME__TELEMETRY__POSTHOG_HOST: 'nowhere',
      ACME__TELEMETRY__DRY_RUN: '1',
    };
    const reasons: string[] = [];
    for (
      let decision = decideFor(settingsOf(env));
      decision.mode !== 'on';
      decision = decideFor(settingsOf(env))
    ) {
      expect(reasons).not.toContain(decision.why.source);
      reasons.push(decision.why.source);
      env = follow(decision.why.fix, env);
    }
    expect(reasons).toEqual([
      'ACME_DISABLE_TELEMETRY',
      'ACME__TELEMETRY__DISABLE_TELEMETRY',
      'DISABLE_TELEMETRY',
      'DO_NOT_TRACK',
      'ACME_TELEMETRY_ENABLED',
      'ACME__TELEMETRY__POSTHOG_HOST',
      'ACME__TELEMETRY__DRY_RUN',
      'posthog.key',
    ]);
  });

  it('turns telemetry off again when it is on', () => {
    const env = { ACME__TELEMETRY__POSTHOG_API_KEY: 'phc_1' };
    const given = decideFor(settingsOf(env, { consent: 'given' }));
    expect(given.mode).toBe('on');
    expect(decideFor(settingsOf(follow('Set DISABLE_TELEMETRY=1.', env), { consent: 'given' })).mode).toBe(
      'off',
    );
    expect(given.why.fix).toBe('Set DISABLE_TELEMETRY=1 to turn telemetry off.');
  });
});

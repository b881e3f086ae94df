import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CONSENT_SWITCHES,
  type ConsentDecision,
  type ConsentInput,
  decideConsent,
  type Mode,
} from '../../../src/consent/index.js';
import type { ConsentLayer, ConsentLayerName, ConsentSwitch } from '../../../src/settings/index.js';

const KINDS: Readonly<Record<ConsentLayerName, readonly ConsentLayer['kind'][]>> = {
  run_flag: ['off'],
  disable_variable: ['off'],
  do_not_track: ['off'],
  enabled_variable: ['off', 'yes'],
  switch_variable: ['off', 'yes'],
  dry_run_variable: ['local'],
  consent_file: ['off', 'local', 'yes'],
  marker_file: ['off'],
  user_config: ['off', 'local', 'yes'],
  project_policy: ['off', 'local', 'yes'],
  machine_policy: ['off', 'local', 'yes'],
  app_config: ['off', 'local', 'yes'],
  umbrella_flag: ['off'],
  crash_flag: ['off'],
  consent_file_unreadable: ['off'],
  file_unreadable: ['off'],
  dotenv_unreadable: ['off'],
  ci: ['off'],
  test_environment: ['off'],
  agent: ['off'],
  destination_invalid: ['off'],
  enabled_option: ['off'],
  switch_option: ['off', 'yes'],
  dry_run_option: ['local'],
  notice: ['yes'],
  given: ['yes'],
  store_unusable: ['off'],
};

/** Every layer with every kind it can have, about every subject, more than once. */
const ALL_LAYERS: readonly ConsentLayer[] = (Object.keys(KINDS) as ConsentLayerName[]).flatMap((layer) =>
  KINDS[layer].flatMap((kind) =>
    (kind === 'local' ? (['telemetry'] as const) : (['telemetry', ...CONSENT_SWITCHES] as const)).flatMap(
      (about) =>
        ['FIRST', 'SECOND'].flatMap((source) =>
          ['Change it.', 'Remove it.'].map((fix) => ({ kind, about, layer, source, fix })),
        ),
    ),
  ),
);

const aboutTelemetry = ALL_LAYERS.filter(({ about }) => about === 'telemetry');
const ofKind = (kind: ConsentLayer['kind']) => aboutTelemetry.filter((layer) => layer.kind === kind);

const decide = (input: Partial<ConsentInput>) =>
  decideConsent({
    layers: [],
    basis: 'opt-in',
    hasKey: true,
    prefix: 'ACME',
    command: undefined,
    ...input,
  });

/** Layers about telemetry as a whole are more likely, so that the mode is not always off. */
const anyLayer = fc.oneof(
  fc.constantFrom(...ALL_LAYERS.filter(({ kind }) => kind !== 'off')),
  fc.constantFrom(...ofKind('yes')),
  fc.constantFrom(...ALL_LAYERS),
);

const inputs = fc.record({
  layers: fc.array(anyLayer, { maxLength: 8 }),
  basis: fc.constantFrom('opt-in', 'opt-out', 'given'),
  hasKey: fc.boolean(),
  command: fc.constantFrom(undefined, 'acme telemetry'),
  notAskedBecause: fc.constantFrom(undefined, 'standard input is no terminal'),
});

const WIDTH: Readonly<Record<Mode, number>> = { off: 0, local: 1, on: 2 };

/** Whether the first allows nothing that the second does not. */
const isWithin = (narrow: ConsentDecision, wide: ConsentDecision) =>
  WIDTH[narrow.mode] <= WIDTH[wide.mode] &&
  CONSENT_SWITCHES.every((name) => !narrow.switches[name].enabled || wide.switches[name].enabled);

const enabledIn = ({ switches }: ConsentDecision) =>
  CONSENT_SWITCHES.filter((name) => switches[name].enabled);

describe('whatever is said', () => {
  it('one more off about telemetry never widens: it is always off', () => {
    fc.assert(
      fc.property(inputs, fc.constantFrom(...ofKind('off')), fc.nat(8), (input, added, at) => {
        const decision = decide({ ...input, layers: input.layers.toSpliced(at, 0, added) });
        expect(decision.mode).toBe('off');
        expect(enabledIn(decision)).toEqual([]);
      }),
    );
  });

  it('one more off about anything never widens the mode or any switch', () => {
    const off = fc.constantFrom(...ALL_LAYERS.filter(({ kind }) => kind === 'off'));
    fc.assert(
      fc.property(inputs, off, (input, added) => {
        const narrower = decide({ ...input, layers: [...input.layers, added] });
        expect(isWithin(narrower, decide(input))).toBe(true);
        if (added.about !== 'telemetry') expect(narrower.switches[added.about].enabled).toBe(false);
      }),
    );
  });

  it('one more local never makes it on', () => {
    fc.assert(
      fc.property(inputs, fc.constantFrom(...ofKind('local')), (input, added) => {
        expect(decide({ ...input, layers: [...input.layers, added] }).mode).not.toBe('on');
      }),
    );
  });

  it('one more local of the project, the machine or the program never widens, with a key or without', () => {
    const foreign = ofKind('local').filter(({ layer }) => /_policy$|^app_config$/.test(layer));
    fc.assert(
      fc.property(inputs, fc.constantFrom(...foreign), (input, added) => {
        expect(isWithin(decide({ ...input, layers: [...input.layers, added] }), decide(input))).toBe(true);
      }),
    );
  });

  it.each([
    ['dry_run_variable', 'local'],
    ['dry_run_option', 'local'],
    ['consent_file', 'local'],
    ['user_config', 'local'],
    ['project_policy', 'off'],
    ['machine_policy', 'off'],
    ['app_config', 'off'],
  ] as const)('a yes without a key and with a local of %s is %s', (name, mode) => {
    expect(decide({ layers: [YES, layer('local', 'telemetry', name)], hasKey: false }).mode).toBe(mode);
  });

  it('one yes less never widens the mode or any switch', () => {
    fc.assert(
      fc.property(inputs, fc.nat(8), (input, at) => {
        const layers = input.layers.filter((layer, index) => layer.kind !== 'yes' || index !== at);
        expect(isWithin(decide({ ...input, layers }), decide(input))).toBe(true);
      }),
    );
  });

  it('a yes about a part never changes the mode, nor any other part', () => {
    const yes = fc.constantFrom(
      ...ALL_LAYERS.filter(({ kind, about }) => kind === 'yes' && about !== 'telemetry'),
    );
    fc.assert(
      fc.property(inputs, yes, (input, added) => {
        const before = decide(input);
        const after = decide({ ...input, layers: [...input.layers, added] });
        const { [added.about as ConsentSwitch]: _changed, ...others } = before.switches;
        expect(after).toMatchObject({ mode: before.mode, why: before.why, switches: others });
      }),
    );
  });

  it('nothing is enabled while the mode is off, and every part then says why', () => {
    fc.assert(
      fc.property(inputs, (input) => {
        const decision = decide(input);
        if (decision.mode !== 'off') return;
        for (const name of CONSENT_SWITCHES) {
          expect(decision.switches[name]).toEqual({ enabled: false, why: decision.why });
        }
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
      const layers = [...ALL_LAYERS.filter((layer) => layer.kind === kind), ...yes];
      expect(decide({ layers: layers.toReversed() })).toEqual(decide({ layers }));
    },
  );

  it('the arguments stay as they were, frozen or not, and the result is frozen in every depth', () => {
    fc.assert(
      fc.property(inputs, (input) => {
        const decision = decide({ ...input, layers: Object.freeze([...input.layers]) });
        const parts = Object.values(decision.switches);
        const all = [decision, decision.why, decision.switches, ...parts, ...parts.map(({ why }) => why)];
        expect(all.every(Object.isFrozen)).toBe(true);
      }),
    );
  });

  it('every reason is two whole sentences', () => {
    fc.assert(
      fc.property(inputs, (input) => {
        const { why, switches } = decide(input);
        for (const { message, fix } of [why, ...Object.values(switches).map((part) => part.why)]) {
          expect(message).toMatch(/^[A-Z].*\.$/);
          expect(fix).toMatch(/^[A-Z].*\.$/);
        }
      }),
    );
  });
});

describe('the weightiest reason', () => {
  const ORDER = [
    'run_flag',
    'disable_variable',
    'do_not_track',
    'enabled_variable',
    'consent_file',
    'marker_file',
    'user_config',
    'project_policy',
    'machine_policy',
    'app_config',
    'umbrella_flag',
    'crash_flag',
    'consent_file_unreadable',
    'file_unreadable',
    'dotenv_unreadable',
    'ci',
    'test_environment',
    'agent',
    'destination_invalid',
    'enabled_option',
    'store_unusable',
  ] as const;

  it.each(ORDER.map((layer, rank) => [layer, ORDER.slice(rank + 1)] as const))(
    '%s is named before %j',
    (layer, lighter) => {
      const layers = ofKind('off').filter(
        (candidate) => candidate.layer === layer || lighter.some((name) => name === candidate.layer),
      );
      expect(decide({ layers: layers.toReversed() }).why).toMatchObject({ layer, source: 'FIRST' });
    },
  );

  it('of a yes is the variable before what the program says', () => {
    expect(decide({ layers: ofKind('yes').toReversed() }).why).toMatchObject({
      layer: 'enabled_variable',
      source: 'FIRST',
    });
  });
});

const layer = (
  kind: ConsentLayer['kind'],
  about: ConsentLayer['about'],
  name: ConsentLayerName = 'consent_file',
): ConsentLayer => ({ kind, about, layer: name, source: 'SOURCE', fix: 'Change it.' });

const YES = layer('yes', 'telemetry');

describe('a part of telemetry', () => {
  it('of use and errors is included in a yes, the others are not', () => {
    expect(enabledIn(decide({ layers: [YES] }))).toEqual(['usageAnalytics', 'errorReporting']);
  });

  it.each(CONSENT_SWITCHES)('%s is enabled by a yes about it, beside the yes about telemetry', (name) => {
    expect(decide({ layers: [YES, layer('yes', name)] }).switches[name].enabled).toBe(true);
    expect(decide({ layers: [layer('yes', name)] }).switches[name].enabled).toBe(false);
  });

  it.each(CONSENT_SWITCHES)('%s is held back by an off about it, whatever says yes', (name) => {
    const { mode, switches } = decide({ layers: [YES, layer('yes', name), layer('off', name)] });
    expect(mode).toBe('on');
    expect(switches[name]).toMatchObject({
      enabled: false,
      why: { layer: 'consent_file', fix: 'Change it.' },
    });
  });

  it('is recorded in mode local too', () => {
    const layers = [YES, layer('local', 'telemetry'), layer('yes', 'diagnostics')];
    const decision = decide({ layers, hasKey: false });
    expect(decision.mode).toBe('local');
    expect(enabledIn(decision)).toEqual(['usageAnalytics', 'errorReporting', 'diagnostics']);
  });

  it('tells what decided in plain words', () => {
    const layers = [YES, layer('off', 'usageAnalytics'), layer('yes', 'crashReporting', 'switch_variable')];
    const { why, switches } = decide({ layers, command: 'acme telemetry' });
    expect(Object.values(switches).map((part) => part.why.message)).toEqual([
      'Usage analytics are off: the answer kept in SOURCE says so.',
      why.message,
      'Crash reporting is on: SOURCE says so.',
      'Diagnostics are off: this needs a yes of its own.',
      'Tools over privacy is off: this needs a yes of its own.',
    ]);
  });

  it.each([
    ['acme telemetry', 'Run `acme telemetry enable tools-over-privacy`.'],
    [undefined, 'Set ACME__TELEMETRY__TOOLS_OVER_PRIVACY=true.'],
  ])('that needs a yes of its own names what gives it, with the command %s', (command, fix) => {
    expect(decide({ layers: [YES], command }).switches.toolsOverPrivacy.why).toEqual({
      layer: 'switch_not_chosen',
      source: 'toolsOverPrivacy',
      message: 'Tools over privacy is off: this needs a yes of its own.',
      fix,
    });
  });
});

describe('while nobody has agreed', () => {
  it.each([
    [{}, 'Telemetry is off: nobody has agreed to it.', 'Set ACME_TELEMETRY_ENABLED=true.'],
    [
      { command: 'acme telemetry', notAskedBecause: 'standard input is no terminal' },
      'Telemetry is off: nobody has agreed to it, and nobody can be asked here: standard input is no terminal.',
      'Run `acme telemetry enable`, or set ACME_TELEMETRY_ENABLED=true.',
    ],
    [
      { basis: 'opt-out', command: 'acme telemetry' },
      'Telemetry is off: the notice about it has not been shown before this run.',
      'Run `acme telemetry enable`, or set ACME_TELEMETRY_ENABLED=true.',
    ],
    [
      { basis: 'opt-out', notAskedBecause: 'standard error is no terminal' },
      'Telemetry is off: the notice about it has not been shown before this run, and cannot be shown here: standard error is no terminal.',
      'Set ACME_TELEMETRY_ENABLED=true.',
    ],
  ] as const)('given %j the reason says what helps', (input, message, fix) => {
    expect(decide(input).why).toMatchObject({ message, fix });
  });
});

describe('where nobody has said where events go', () => {
  const yes = ofKind('yes')[0] as ConsentLayer;

  it('nothing is recorded, unless that is asked for', () => {
    expect(decide({ layers: [yes], hasKey: false }).mode).toBe('off');
    const { mode, why } = decide({ layers: [yes], hasKey: false, recordsWithoutKey: true });
    expect(mode).toBe('local');
    expect(why).toMatchObject({
      layer: 'no_key',
      fix: expect.stringContaining('ACME__TELEMETRY__POSTHOG_API_KEY'),
    });
  });

  it('a no is a no, silence is one too, and what is said is told first', () => {
    const keyless = { hasKey: false, recordsWithoutKey: true };
    expect(decide({ ...keyless, layers: [] }).mode).toBe('off');
    expect(decide({ ...keyless, layers: [yes, ofKind('off')[0] as ConsentLayer] }).mode).toBe('off');
    const local = ofKind('local')[0] as ConsentLayer;
    expect(decide({ ...keyless, layers: [yes, local] })).toMatchObject({
      mode: 'local',
      why: { layer: local.layer },
    });
  });
});

describe('what a yes covers', () => {
  const yes = (layer: ConsentLayer['layer']): ConsentLayer => ({
    kind: 'yes',
    about: 'telemetry',
    layer,
    source: layer,
    fix: '',
  });
  const coversOf = (...layers: readonly ConsentLayer[]) => decide({ layers, covers: () => 'v1' }).covers;

  it('is what the person was shown, by their own answer or by a notice', () => {
    expect(coversOf(yes('consent_file'))).toBe('v1');
    expect(coversOf(yes('notice'))).toBe('v1');
    expect(decide({ layers: [yes('consent_file')] }).covers).toBe('');
  });

  it('is whatever version runs where a yes was said of that, also beside an answer', () => {
    expect(coversOf(yes('enabled_variable'))).toBeUndefined();
    expect(coversOf(yes('given'), yes('consent_file'))).toBeUndefined();
  });

  it('is not looked up while telemetry is off', () => {
    const covers = () => expect.fail('it was looked up');
    expect(decide({ layers: [], covers }).covers).toBeUndefined();
    expect(decide({ layers: [yes('consent_file')], hasKey: false, covers }).covers).toBeUndefined();
  });
});

import { describe, expect, it } from 'vitest';
import type { WhyAnswer } from '../../../../../src/server/web/person/schemas.js';
import { type SwitchName, toSwitchStates } from '../../../../../src/server/web/person/switch-states.js';

type Layer = WhyAnswer['layers'][number];

const NOTHING = { telemetry_opt_in: false, crash_opt_in: false, diagnostics_opt_in: false, dry_run: true };

const layer = (name: string, kind: Layer['kind'] = 'off', about = 'telemetry'): Layer => ({
  kind,
  about,
  layer: name,
  source: `the ${name}`,
  fix: `Change the ${name}.`,
});

const reason = (name: string) => ({
  layer: name,
  source: `the ${name}`,
  message: `By the ${name}.`,
  fix: 'Fix.',
});

function stateOf(name: SwitchName, why: Partial<WhyAnswer>, settings: Partial<typeof NOTHING> = {}) {
  const states = toSwitchStates({
    settings: { settings: { ...NOTHING, ...settings }, health: { warnings: [] } },
    why: { mode: 'off', host: null, why: reason('not_asked'), switches: {}, layers: [], ...why },
  });
  return states.find((state) => state.name === name);
}

describe('the switch for telemetry', () => {
  it.each(['not_asked', 'notice_pending', 'consent_file', 'umbrella_flag'])(
    'can be switched on where the person is the one to speak: %s',
    (name) => {
      expect(stateOf('telemetry', { why: reason(name) })).toMatchObject({ checked: false, held: undefined });
    },
  );

  it.each([
    'machine_policy',
    'project_policy',
    'do_not_track',
    'ci',
    'test_environment',
    'consent_file_unreadable',
  ])('cannot where another says no: %s', (name) => {
    const state = stateOf('telemetry', { why: reason(name), layers: [layer(name)] });
    expect(state).toMatchObject({ checked: false, held: { message: `By the ${name}.` } });
  });

  it('names the other where the person has said no, too', () => {
    const layers = [layer('consent_file'), layer('machine_policy')];
    expect(stateOf('telemetry', { why: reason('consent_file'), layers })?.held).toEqual({
      message: 'the machine_policy decides it.',
      fix: 'Change the machine_policy.',
    });
  });

  it('cannot where there is nowhere to send to, and nothing records', () => {
    expect(stateOf('telemetry', { why: reason('no_key') })?.held?.message).toBe('By the no_key.');
  });

  it('never claims to be on when a yes of the person does not count', () => {
    const why = { why: reason('machine_policy'), layers: [layer('machine_policy')] };
    expect(stateOf('telemetry', why, { telemetry_opt_in: true })).toMatchObject({
      checked: false,
      hasHiddenYes: true,
    });
  });

  it('can always be switched off', () => {
    for (const mode of ['local', 'on'] as const)
      expect(stateOf('telemetry', { mode, why: reason('given') })).toMatchObject({
        checked: true,
        held: undefined,
      });
  });
});

describe('the switch for a dry run', () => {
  it('cannot be lifted where another asks for it', () => {
    const why = {
      mode: 'local' as const,
      why: reason('dry_run_variable'),
      layers: [layer('dry_run_variable', 'local')],
    };
    expect(stateOf('dry_run', why)).toMatchObject({
      checked: true,
      held: { message: 'By the dry_run_variable.' },
    });
    const own = {
      mode: 'local' as const,
      why: reason('consent_file'),
      layers: [layer('consent_file', 'local')],
    };
    expect(stateOf('dry_run', own)).toMatchObject({ checked: true, held: undefined });
  });

  it('says so where there is nowhere to send to', () => {
    expect(stateOf('dry_run', { mode: 'local', why: reason('no_key') })?.held).toBeDefined();
  });
});

describe('the switch for a part', () => {
  it('is off while telemetry is, whatever was answered', () => {
    expect(stateOf('crash', {}, { crash_opt_in: true })).toMatchObject({
      checked: false,
      held: { fix: 'Enable telemetry first.' },
      hasHiddenYes: true,
    });
  });

  it('is held by who speaks about it', () => {
    const layers = [layer('switch_variable', 'off', 'crashReporting')];
    expect(stateOf('crash', { mode: 'on', layers })?.held?.fix).toBe('Change the switch_variable.');
    expect(stateOf('diagnostics', { mode: 'on', layers })?.held).toBeUndefined();
  });
});

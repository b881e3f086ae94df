import { describe, expect, it } from 'vitest';
import { Gate } from '../../../src/client/gate.js';
import type { Recorder } from '../../../src/client/recorder.js';
import type { ConsentDecision, Mode } from '../../../src/consent/index.js';
import type { ConsentSwitch } from '../../../src/settings/index.js';

const SWITCHES: readonly ConsentSwitch[] = [
  'usageAnalytics',
  'errorReporting',
  'crashReporting',
  'diagnostics',
  'toolsOverPrivacy',
];

function decide(
  mode: Mode,
  layer: ConsentDecision['why']['layer'] = 'consent_file',
  epoch = '',
): ConsentDecision {
  const why = { layer, source: '', message: '', fix: '' };
  const enabled = mode !== 'off';
  const switches = Object.fromEntries(SWITCHES.map((name) => [name, { enabled, why }]));
  return { mode, why, epoch, covers: undefined, switches: switches as ConsentDecision['switches'] };
}

/** A gate whose consent a test sets, and what it made and gave up. */
function createHarness(first: ConsentDecision) {
  const state = { decision: first, looks: 0 };
  const story: string[] = [];
  let made = 0;
  const gate = new Gate({
    watch: {
      current: () => state.decision,
      refresh: () => {
        state.looks += 1;
        return state.decision;
      },
      noteNotAsked: () => {},
    },
    createRecorder: ({ mode }) => {
      made += 1;
      const name = `${mode} ${made}`;
      story.push(`made ${name}`);
      return {
        name,
        abandon: (reason: string, { isKept }: { isKept: boolean }) =>
          story.push(`gave up ${name}: ${reason}, ${isKept ? 'kept' : 'forgotten'}`),
        leave: () => story.push(`left ${name}`),
      } as never as Recorder;
    },
  });
  return { gate, state, story };
}

describe('a gate', () => {
  it('makes nothing before it is asked, and nothing while the mode is off', () => {
    const { gate, story } = createHarness(decide('off', 'not_asked'));
    expect(gate.recorder).toBeUndefined();
    expect(gate.mayRecord('usage')).toBe(false);
    expect(gate.wasOpen).toBe(false);
    expect(story).toEqual([]);
  });

  it('makes one recorder for a yes and keeps it while the mode stays', () => {
    const { gate, state, story } = createHarness(decide('on'));
    const first = gate.recorder;
    state.decision = decide('on', 'enabled_variable');
    expect(gate.recorder).toBe(first);
    expect(story).toEqual(['made on 1']);
    expect(gate.mayRecord('usage')).toBe(true);
  });

  it('follows every change of mode, giving up what was there before', () => {
    const { gate, state, story } = createHarness(decide('off', 'not_asked'));
    for (const mode of ['off', 'on', 'local', 'off', 'on'] as const) {
      state.decision = decide(mode);
      expect(gate.recorder !== undefined).toBe(mode !== 'off');
    }
    expect(story).toEqual([
      'made on 1',
      'gave up on 1: consent_off, kept',
      'made local 2',
      'gave up local 2: consent_off, forgotten',
      'made on 3',
    ]);
  });

  it('makes a new one after a no that was taken back before anybody looked', () => {
    const { gate, state, story } = createHarness(decide('on', 'consent_file', 'first'));
    const first = gate.recorder;
    state.decision = decide('on', 'consent_file', 'second');
    expect(gate.recorder).not.toBe(first);
    expect(story).toEqual(['made on 1', 'gave up on 1: consent_off, forgotten', 'made on 2']);
  });

  it('leaves what waits, and makes a new one, when another part of telemetry is allowed', () => {
    const all = decide('on');
    const crashReporting = { ...all.switches.crashReporting, enabled: false };
    const { gate, state, story } = createHarness({
      ...all,
      switches: { ...all.switches, crashReporting },
    });
    const first = gate.recorder;
    state.decision = {
      ...all,
      switches: { ...all.switches, crashReporting: { ...crashReporting, enabled: true } },
    };
    expect(gate.recorder).not.toBe(first);
    expect(story).toEqual(['made on 1', 'left on 1', 'made on 2']);
  });

  it('says why what waited is lost when it could not be kept', () => {
    const { gate, state, story } = createHarness(decide('on'));
    expect(gate.recorder).toBeDefined();
    state.decision = decide('off', 'store_unusable');
    gate.refresh();
    expect(story.at(-1)).toBe('gave up on 1: store_unusable, forgotten');
    expect(state.looks).toBe(1);
  });

  it('stays closed after the end, whatever is decided, and hands out what recorded last', () => {
    const { gate, state, story } = createHarness(decide('on'));
    const last = gate.recorder;
    expect(gate.end()).toBe(last);
    state.decision = decide('local');
    expect([gate.recorder, gate.refresh().mode, gate.hasEnded, gate.wasOpen]).toEqual([
      undefined,
      'local',
      true,
      true,
    ]);
    expect(story).toEqual(['made on 1']);
  });
});

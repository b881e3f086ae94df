import { describe, expect, it } from 'vitest';
import { type ConsentInput, createConsentWatch } from '../../../src/consent/index.js';
import type { ConsentLayer } from '../../../src/settings/index.js';

const YES: ConsentLayer = {
  kind: 'yes',
  about: 'telemetry',
  layer: 'enabled_variable',
  source: 'ACME_TELEMETRY_ENABLED',
  fix: 'Unset ACME_TELEMETRY_ENABLED.',
};
const NO: ConsentLayer = { ...YES, kind: 'off' };

const FIXED: ConsentInput = {
  layers: [YES],
  basis: 'opt-in',
  hasKey: true,
  prefix: 'ACME',
  command: undefined,
};

function createSource(...layers: ConsentLayer[]) {
  const source = {
    looks: 0,
    reads: 0,
    version: 1,
    layers,
    fingerprint: () => {
      source.looks += 1;
      return String(source.version);
    },
    read: () => {
      source.reads += 1;
      return source.layers;
    },
    say: (...said: ConsentLayer[]) => {
      source.layers = said;
      source.version += 1;
    },
  };
  return source;
}

function createClock() {
  const clock = { nowMs: 1_000, now: () => clock.nowMs };
  return clock;
}

describe('a watch over consent', () => {
  it('looks at nothing before it is asked', () => {
    const source = createSource();
    createConsentWatch(FIXED, [source], createClock().now, () => '');
    expect(source.looks + source.reads).toBe(0);
  });

  it('decides from what is fixed and what every source says', () => {
    const fixed = { ...FIXED, layers: [] };
    const sources = [createSource(YES), createSource()];
    expect(createConsentWatch(fixed, sources, createClock().now, () => '').current().mode).toBe('on');
    expect(
      createConsentWatch(fixed, [...sources, createSource(NO)], createClock().now, () => '').current().mode,
    ).toBe('off');
  });

  it('takes its decision as it is for half a second, then looks again', () => {
    const clock = createClock();
    const source = createSource();
    const watch = createConsentWatch(FIXED, [source], clock.now, () => '');
    expect(watch.current().mode).toBe('on');
    source.say(NO);
    clock.nowMs += 499;
    expect(watch.current().mode).toBe('on');
    expect(source.looks).toBe(1);
    clock.nowMs += 1;
    expect(watch.current().mode).toBe('off');
    source.say();
    clock.nowMs += 500;
    expect(watch.current().mode).toBe('on');
  });

  it('looks at once when it has to know', () => {
    const source = createSource();
    const watch = createConsentWatch(FIXED, [source], createClock().now, () => '');
    expect(watch.refresh().mode).toBe('on');
    source.say(NO);
    expect(watch.refresh().mode).toBe('off');
    expect(watch.current().mode).toBe('off');
  });

  it('reads a source again only when its fingerprint differs', () => {
    const [first, second] = [createSource(), createSource()];
    const watch = createConsentWatch(FIXED, [first, second], createClock().now, () => '');
    for (let look = 0; look < 5; look += 1) watch.refresh();
    expect([first.looks, first.reads, second.reads]).toEqual([5, 1, 1]);
    second.say();
    watch.refresh();
    expect([first.reads, second.reads]).toEqual([1, 2]);
  });

  it('gives the same frozen object while nothing about it changes', () => {
    const source = createSource();
    const watch = createConsentWatch(FIXED, [source], createClock().now, () => '');
    const decision = watch.current();
    expect(Object.isFrozen(decision)).toBe(true);
    source.say();
    expect(watch.refresh()).toBe(decision);
    source.say({ ...NO, about: 'diagnostics' });
    expect(watch.refresh()).not.toBe(decision);
  });

  it('never looks at anything when something that cannot change says no to all', () => {
    const clock = createClock();
    const source = createSource(YES);
    const watch = createConsentWatch({ ...FIXED, layers: [YES, NO] }, [source], clock.now, () => '');
    expect(watch.current().mode).toBe('off');
    clock.nowMs += 10_000;
    expect(watch.refresh()).toBe(watch.current());
    expect(source.looks + source.reads).toBe(0);
  });

  it('goes on looking when only a part is refused for good', () => {
    const source = createSource();
    const fixed = { ...FIXED, layers: [YES, { ...NO, about: 'usageAnalytics' } as const] };
    const watch = createConsentWatch(fixed, [source], createClock().now, () => '');
    source.say(NO);
    expect(watch.refresh().mode).toBe('off');
  });

  it('decides anew when a no and a yes came between two looks, which leave nothing else behind', () => {
    const source = createSource(YES);
    let epoch = 'first';
    const watch = createConsentWatch(FIXED, [source], createClock().now, () => epoch);
    const before = watch.current();
    expect(before.epoch).toBe('first');
    source.say(YES);
    expect(watch.refresh()).toBe(before);
    source.say(YES);
    epoch = 'second';
    expect(watch.refresh()).toEqual({ ...before, epoch: 'second' });
  });

  it('does not ask for the epoch where nothing can change', () => {
    const epoch = () => {
      throw new Error('asked');
    };
    const watch = createConsentWatch({ ...FIXED, layers: [NO] }, [], createClock().now, epoch);
    expect(watch.current()).toMatchObject({ mode: 'off', epoch: '' });
  });
});

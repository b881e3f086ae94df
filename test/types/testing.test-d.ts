import { defineEvent, defineFlags, oneOf, plain, type Telemetry } from 'sotto';
import { createTestTelemetry, expectNoLeak, type SottoMatchers, sottoMatchers } from 'sotto/testing';
import { describe, expect, expectTypeOf, it } from 'vitest';
import type * as stub from '../../src/no-telemetry/index.js';

declare module 'vitest' {
  interface Matchers<T> extends SottoMatchers<T> {}
}

const Made = defineEvent('made', { kind: plain(oneOf('a', 'b')) });

describe('createTestTelemetry', () => {
  it('gives a client that a program takes for its own, with the types of its flags', () => {
    const featureFlags = defineFlags({ layout: ['narrow', 'wide'] });
    const { telemetry } = createTestTelemetry({ featureFlags, flagValues: { layout: 'wide' } });
    expectTypeOf(createTestTelemetry().telemetry).toExtend<Telemetry>();
    expectTypeOf(telemetry.getFeatureFlag('layout')).resolves.toEqualTypeOf<'narrow' | 'wide' | null>();
    // @ts-expect-error no variant of the flag
    createTestTelemetry({ featureFlags, flagValues: { layout: 'round' } });
    // @ts-expect-error a basis is no answer of a person
    createTestTelemetry({ consent: 'opt-in' });
  });
});

describe('what tests expect', () => {
  it('is typed', () => {
    const test = createTestTelemetry();
    expect.extend(sottoMatchers);
    expect(test).toHaveCaptured('made', { kind: expect.any(String) });
    expect(test).not.toHaveDropped('too_large', 1);
    // @ts-expect-error no reason of a loss
    expect(test).toHaveDropped('too_big');
    expectNoLeak(Made.create({ kind: 'a' }), { user: 'ada-lovelace' });
    // @ts-expect-error secrets are texts
    expectNoLeak(test, { user: 1815 });
  });
});

describe('the package without telemetry', () => {
  it('has the types of the package', () => {
    expectTypeOf<typeof stub>().toEqualTypeOf<typeof import('sotto')>();
  });
});

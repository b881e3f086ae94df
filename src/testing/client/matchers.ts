import type { DropReason } from '../../privacy/index.js';
import type { CapturedEvent, TestTelemetry } from './create-test-telemetry.js';
import { findLeaks, type Leakable } from './find-leaks.js';
import { describeLeaks } from './leak-error.js';
import type { Secrets } from './secrets.js';

/** What vitest and jest give a matcher. */
export interface MatcherContext {
  equals(actual: unknown, expected: unknown): boolean;
}

export interface MatcherResult {
  readonly pass: boolean;
  readonly message: () => string;
}

/** The calls that {@link sottoMatchers} add to `expect()`. */
export interface SottoMatchers<Result = unknown> {
  /**
   * An event of this name was captured.
   *
   * @param name - as on the wire
   * @param properties - what it has to hold; others do not matter. Asymmetric matchers such as `expect.any(Number)` work
   */
  toHaveCaptured(name: string, properties?: Readonly<Record<string, unknown>>): Result;
  /** No event was captured. */
  toHaveCapturedNothing(): Result;
  /** Nothing of these secrets would leave; see `expectNoLeak()`. */
  toLeakNothingOf(secrets: Secrets): Result;
  /** Something was dropped for this reason. @param count - so often; at least once unless given */
  toHaveDropped(reason: DropReason, count?: number): Result;
}

/**
 * Matchers for vitest and jest: `expect.extend(sottoMatchers)`. What they are given is what `createTestTelemetry()` gave.
 *
 * @example Their types, for vitest:
 * ```ts
 * import type { SottoMatchers } from 'sotto/testing';
 * declare module 'vitest' { interface Matchers<T> extends SottoMatchers<T> {} }
 * ```
 */
export const sottoMatchers = {
  toHaveCaptured(
    this: MatcherContext,
    received: TestTelemetry,
    name: string,
    properties: Readonly<Record<string, unknown>> = {},
  ): MatcherResult {
    const events = eventsOf(received);
    const named = events.filter(({ event }) => event === name);
    const holds = (event: CapturedEvent) =>
      Object.entries(properties).every(([key, value]) => this.equals(event.properties[key], value));
    return {
      pass: named.some(holds),
      message: () =>
        named.length === 0
          ? `Expected the event ${name}. Captured: ${namesOf(events)}.`
          : `${named.length} of the captured events are called ${name}. Properties: ${listed(named)}.`,
    };
  },

  toHaveCapturedNothing(received: TestTelemetry): MatcherResult {
    const events = eventsOf(received);
    return { pass: events.length === 0, message: () => `Captured: ${namesOf(events)}.` };
  },

  toLeakNothingOf(received: Leakable, secrets: Secrets): MatcherResult {
    const leaks = findLeaks(received, secrets);
    const isClean = leaks.length === 0;
    return {
      pass: isClean,
      message: () => (isClean ? 'Nothing of the secrets would leave.' : describeLeaks(leaks)),
    };
  },

  toHaveDropped(received: TestTelemetry, reason: DropReason, count?: number): MatcherResult {
    const { drops } = checked(received);
    const dropped = drops[reason] ?? 0;
    return {
      pass: count === undefined ? dropped > 0 : dropped === count,
      message: () => `Dropped for ${reason}: ${dropped}. All losses: ${JSON.stringify(drops)}.`,
    };
  },
};

function checked(received: TestTelemetry): TestTelemetry {
  if (Array.isArray(received?.events) && received.drops) return received;
  throw new TypeError(
    'This matcher needs what createTestTelemetry() gave: expect(test), not expect(test.telemetry).',
  );
}

const eventsOf = (received: TestTelemetry): readonly CapturedEvent[] => checked(received).events;

const namesOf = (events: readonly CapturedEvent[]): string =>
  events.map(({ event }) => event).join(', ') || 'nothing';

const listed = (events: readonly CapturedEvent[]): string =>
  events.map(({ properties }) => JSON.stringify(properties)).join(', ');

import { type CreateTelemetryOptions, createClient, type Telemetry, toWireOf } from '../../client/index.js';
import type { Mode } from '../../consent/index.js';
import { defineFlags, type FlagDeclarations, type FlagValues } from '../../flags/index.js';
import { deepFreeze } from '../../internal/index.js';
import type { DropReason, JsonObject } from '../../privacy/index.js';
import { assertNoProduction } from './assert-no-production.js';
import { createDropCount } from './drop-count.js';
import { createMemoryLedger } from './memory-ledger.js';
import { createTestClock, type TestClock } from './test-clock.js';
import { openTestConsent } from './test-consent.js';

/** An event as it would have left: one entry of a request to PostHog. */
export interface CapturedEvent {
  readonly event: string;
  readonly distinct_id: string;
  readonly properties: JsonObject;
  /** ISO 8601, UTC, by the clock of the test. */
  readonly timestamp: string;
  readonly uuid: string;
}

/** The options of `createTelemetry()`, and what a test decides in the place of a person and of a server. */
export interface TestTelemetryOptions<Declared extends FlagDeclarations = FlagDeclarations>
  extends Omit<CreateTelemetryOptions<Declared>, 'app' | 'consent'> {
  /** `test-app` unless given. */
  readonly app?: string;
  /** What the person has said: `on` unless given. `off` is a no; `telemetry.enable()` takes it back. */
  readonly consent?: Mode;
  /** Values of flags, as a server would give them; a flag that is left out has none. */
  readonly flagValues?: FlagValues<Declared>;
  /** A clock of its own unless given. */
  readonly clock?: TestClock;
}

export interface TestTelemetry<Declared extends FlagDeclarations = FlagDeclarations> extends AsyncDisposable {
  /** What the program under test is given. */
  readonly telemetry: Telemetry<Declared>;
  /**
   * What would have left until now, the oldest first; with `consent: 'local'`, what was recorded for the person. One list, which
   * grows; its events are frozen copies.
   */
  readonly events: readonly CapturedEvent[];
  readonly clock: TestClock;
  /** Losses by reason until the moment at which this is read, since the last `clear()`; a reason that did not occur is absent. */
  readonly drops: Readonly<Partial<Record<DropReason, number>>>;
  /** Forget events and losses. Sessions, flags and consent stay as they are. */
  clear(): void;
}

/**
 * Telemetry for tests: the real client over the real privacy door, with nothing behind it. Nothing is sent, no file is read or
 * written, and no server is asked for flags; so neither the environment nor what the person at this machine has decided is asked,
 * and it records in CI and under `DO_NOT_TRACK` too.
 *
 * @throws {ConfigError} `TESTING_IN_PRODUCTION` with `NODE_ENV=production`, where events would be lost without a word;
 *   `OPTION_UNKNOWN` or `OPTION_INVALID` as `createTelemetry()` does
 * @remarks Every call makes a client of its own, which `getTelemetryClient()` does not find: pass it to the program. While
 *   something is measured it has a timer, which keeps no process alive; `await using` or `telemetry.shutdown()` ends it.
 */
export function createTestTelemetry<Declared extends FlagDeclarations = FlagDeclarations>(
  options: TestTelemetryOptions<Declared> = {},
): TestTelemetry<Declared> {
  assertNoProduction('createTestTelemetry()');
  const {
    app = 'test-app',
    consent = 'on',
    clock = createTestClock(),
    featureFlags,
    flagValues = {},
    ...code
  } = options;
  const definitions = featureFlags === undefined ? undefined : defineFlags(featureFlags);
  const parts = openTestConsent({ ...code, app, ...(definitions && { featureFlags: definitions }) }, consent);
  const events: CapturedEvent[] = [];
  const toWire = toWireOf(parts.settings);
  const client = createClient(parts, definitions, () => {}, {
    clock,
    ledger: createMemoryLedger((event) => events.push(deepFreeze(structuredClone(toWire(event))))),
    usageLog: { record: () => true },
    fetchFlags: async () => toRemoteFlags(flagValues),
  });
  const drops = createDropCount(() => client.status().dropped);

  return {
    telemetry: client as unknown as Telemetry<Declared>,
    events,
    clock,
    get drops() {
      return drops.current();
    },
    clear() {
      events.length = 0;
      drops.clear();
    },
    [Symbol.asyncDispose]: () => client.shutdown(),
  };
}

function toRemoteFlags(values: Readonly<Record<string, string | boolean | undefined>>) {
  return new Map(Object.entries(values).map(([key, value]) => [key, { value, version: undefined }]));
}

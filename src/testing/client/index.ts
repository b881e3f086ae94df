export {
  type CapturedEvent,
  createTestTelemetry,
  type TestTelemetry,
  type TestTelemetryOptions,
} from './create-test-telemetry.js';
export { expectNoLeak } from './expect-no-leak.js';
export type { Leakable } from './find-leaks.js';
export { type Leak, LeakError } from './leak-error.js';
export { type MatcherContext, type MatcherResult, type SottoMatchers, sottoMatchers } from './matchers.js';
export type { Secrets } from './secrets.js';
export { createTestClock, type TestClock } from './test-clock.js';

/** What makers use in their own tests. The names below are public; everything else is private. */

export {
  type CapturedEvent,
  createTestClock,
  createTestTelemetry,
  expectNoLeak,
  type Leak,
  type Leakable,
  LeakError,
  type MatcherContext,
  type MatcherResult,
  type Secrets,
  type SottoMatchers,
  sottoMatchers,
  type TestClock,
  type TestTelemetry,
  type TestTelemetryOptions,
} from './client/index.js';
export { type ConformanceOptions, runConformance } from './conformance/index.js';
export { type LeaktestOptions, runLeaktest } from './leaktest/index.js';
export {
  type CheckOutcome,
  type CheckResult,
  type Finding,
  type Report,
  toJUnit,
  toSarif,
} from './report/index.js';

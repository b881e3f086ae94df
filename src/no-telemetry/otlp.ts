/** What stands in the place of `sotto/otlp` under the condition `no-telemetry`. */
import type { otlp as RealOtlp } from '../otlp/index.js';

/** Plain data, with which nothing is done. */
export const otlp: typeof RealOtlp = (options) => ({ ...options });

/** The entry `sotto/otlp`: send events as OpenTelemetry has them. */
export type { OtlpOptions, OtlpProtocol } from '../settings/index.js';
export { otlp } from './otlp.js';

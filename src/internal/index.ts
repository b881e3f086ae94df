export { ConfigError, TelemetryError, type TelemetryErrorCode, typeName } from './errors.js';

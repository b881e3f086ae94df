export { BoundedCache } from './bounded-cache.js';
export { callHost, describeThrown } from './call-host.js';
export { isDevelopment } from './environment.js';
export { ConfigError, TelemetryError, type TelemetryErrorCode, typeName } from './errors.js';
export { randomBytes, randomId } from './random.js';
export { LIBRARY_NAME, LIBRARY_VERSION } from './version.js';

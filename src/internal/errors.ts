/** Every code an error of this package can carry. Codes are permanent: they are never renamed or reused. */
export type TelemetryErrorCode =
  | 'OPTION_UNKNOWN'
  | 'OPTION_INVALID'
  | 'TESTING_IN_PRODUCTION'
  | 'SECRET_LEAKED'
  | 'PEER_MISSING'
  | 'PEER_UNSUITABLE'
  | 'PACKAGE_INCOMPLETE'
  | 'DECORATORS_EXPERIMENTAL'
  | 'DECORATORS_NO_METADATA'
  | 'FIELD_UNSUPPORTED'
  | 'FIELD_UNKNOWN'
  | 'FIELD_DUPLICATE'
  | 'FIELD_WEAKENED'
  | 'PLAIN_UNBOUNDED'
  | 'LABELS_INVALID'
  | 'EVENT_NAME_INVALID'
  | 'EVENT_UNDECLARED'
  | 'EVENT_VALUE_INVALID'
  | 'FLAG_DEFINITION_INVALID'
  | 'CONSENT_NOT_STORED'
  | 'STORE_EXISTS'
  | 'STORE_NOT_WRITABLE'
  | 'REQUEST_INVALID'
  | 'REQUEST_UNAUTHORIZED'
  | 'REQUEST_TOO_LARGE'
  | 'REQUEST_UNSUPPORTED'
  | 'REQUEST_FORBIDDEN'
  | 'REQUEST_UNPROCESSABLE'
  | 'REQUEST_RATE_LIMITED'
  | 'DIAGNOSTICS_OFF'
  | 'CONSENT_FILE_UNREADABLE'
  | 'CONFIG_FILE_UNREADABLE'
  | 'CATALOGUE_CHANGED'
  | 'CONFIG_FILE_NOT_JSON'
  | 'CONFIG_FILE_NOT_WRITABLE'
  | 'FLAGS_NOT_USED'
  | 'DATABASE_UNAVAILABLE'
  | 'DATABASE_FAILED'
  | 'DATABASE_IN_USE'
  | 'DATABASE_NEWER'
  | 'ORG_NOT_FOUND'
  | 'ORG_TOKEN_NOT_FOUND'
  | 'ORG_SETTINGS_CHANGED'
  | 'TELEMETRY_STOPPED'
  | 'UPSTREAM_UNAVAILABLE'
  | 'LICENSE_UNKNOWN'
  | 'LICENSE_INACTIVE'
  | 'LICENSE_NOT_FOUND'
  | 'ENTITLEMENT_EXCEEDED'
  | 'REPORT_STALE'
  | 'REPORT_REVISION'
  | 'STREAM_UNAVAILABLE';

/** Base of every error this package throws. `code` is stable; `message` is for people and may change. */
export class TelemetryError extends Error {
  override readonly name: string = 'TelemetryError';
  readonly code: TelemetryErrorCode;

  constructor(code: TelemetryErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }

  /** `instanceof` fails across duplicate copies of the package; this does not. */
  get isTelemetryError(): true {
    return true;
  }
}

/** Not by its class: another copy of this package, such as the app's own, throws its own. */
export function isTelemetryError(error: unknown): error is TelemetryError {
  return error instanceof Error && (error as Partial<TelemetryError>).isTelemetryError === true;
}

/**
 * A mistake in how telemetry was set up: an option, an event class, a flag definition.
 * Thrown early, at definition or construction, never by a recording call. Names the option and the rule, never a value.
 */
export class ConfigError extends TelemetryError {
  override readonly name: string = 'ConfigError';
}

/** The type of a value in words, for error messages: `null`, `array`, `string`… Never the value itself. */
export function typeName(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number' && !Number.isFinite(value)) return 'non-finite number';
  return typeof value;
}

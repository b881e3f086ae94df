import { ConfigError, typeName } from '../../internal/index.js';

/** How the local API is set up. Every member may be left out. */
export interface LocalApiOptions {
  /** The path that all routes stand under, such as `/api/telemetry`; none where an app mounts the API itself. */
  readonly basePath?: string;
  /** Names that this machine is reached by, besides `localhost`, `127.0.0.1` and `[::1]`; without port. */
  readonly allowedHosts?: readonly string[];
  /** Origins of pages that may call, such as `http://localhost:5173`. They need the token all the same. */
  readonly allowedOrigins?: readonly string[];
  /** Whether connections from other machines are answered; false unless given. */
  readonly allowRemote?: boolean;
  /** 65,536 unless given. */
  readonly maxBodyBytes?: number;
  /** Of all callers with the token together, and as many of all others; 300 unless given. */
  readonly maxRequestsPerSecond?: number;
  /** Aborted when the server that answers for the API closes: streams end then. They end with their readers only, unless given. */
  readonly signal?: AbortSignal;
  /** Told of failures that are answered with status 500; nothing is logged without it. */
  readonly onFailure?: (error: unknown) => void;
}

export type ResolvedLocalApiOptions = Required<Omit<LocalApiOptions, 'signal'>> &
  Pick<LocalApiOptions, 'signal'>;

const DEFAULTS: ResolvedLocalApiOptions = {
  basePath: '',
  allowedHosts: [],
  allowedOrigins: [],
  allowRemote: false,
  maxBodyBytes: 65_536,
  maxRequestsPerSecond: 300,
  onFailure: () => {},
};

interface Rule {
  readonly isValid: (value: unknown) => boolean;
  readonly expected: string;
}

const isText = (value: unknown): value is string => typeof value === 'string';
const isCount = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 1;
const listOf = (isValid: (text: string) => boolean) => (value: unknown) =>
  Array.isArray(value) && value.every((member) => isText(member) && isValid(member));

const RULES: Readonly<Record<keyof LocalApiOptions, Rule>> = {
  basePath: {
    isValid: (value) => isText(value) && /^(?:\/[\w.~-]+)*$/.test(value),
    expected: 'a path such as /api/telemetry, without a slash at its end',
  },
  allowedHosts: {
    isValid: listOf((name) => /^(?:[\w.-]+|\[[\da-f:.]+\])$/i.test(name)),
    expected: 'host names without a port, such as ["devbox.local"]',
  },
  allowedOrigins: { isValid: listOf(isOrigin), expected: 'origins, such as ["http://localhost:5173"]' },
  allowRemote: { isValid: (value) => typeof value === 'boolean', expected: 'a boolean' },
  maxBodyBytes: { isValid: isCount, expected: 'a whole number of bytes, at least 1' },
  maxRequestsPerSecond: { isValid: isCount, expected: 'a whole number, at least 1' },
  signal: { isValid: (value) => value instanceof AbortSignal, expected: 'an AbortSignal' },
  onFailure: { isValid: (value) => typeof value === 'function', expected: 'a function' },
};

/**
 * Complete and check the options of the local API. The caller's object is not kept.
 *
 * @throws {ConfigError} `OPTION_UNKNOWN` or `OPTION_INVALID`
 */
export function resolveLocalApiOptions(options: LocalApiOptions): ResolvedLocalApiOptions {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  for (const [name, value] of given) assertOption(name, value);
  return Object.freeze({ ...DEFAULTS, ...Object.fromEntries(given) });
}

function assertOption(name: string, value: unknown): void {
  if (!isName(name)) {
    const names = Object.keys(RULES).join(', ');
    throw new ConfigError(
      'OPTION_UNKNOWN',
      `${name} is no option of the local API; the options are ${names}.`,
    );
  }
  const { isValid, expected } = RULES[name];
  if (isValid(value)) return;
  throw new ConfigError('OPTION_INVALID', `${name} must be ${expected}; received: ${typeName(value)}.`);
}

const isName = (name: string): name is keyof LocalApiOptions => Object.hasOwn(RULES, name);

function isOrigin(text: string): boolean {
  return URL.canParse(text) && /^https?:/.test(text) && new URL(text).origin === text;
}

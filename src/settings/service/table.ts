import { isAbsolute } from 'node:path';

/** A variable of the services: what it is for, and how its text becomes a value. */
export interface ServiceVariable<Value> {
  readonly variable: string;
  /** For people, in the table of the documentation. */
  readonly meaning: string;
  /** What holds without the variable, for people. */
  readonly otherwise: string;
  readonly fallback: Value;
  /** What the text has to be, for people. */
  readonly rule: string;
  /** @returns undefined for a text that breaks the rule */
  readonly parse: (text: string) => Value | undefined;
}

/** What the services of an operator read from their environment. Names with no prefix are those that seed 001 gives. */
export const SERVICE_VARIABLES = {
  databaseUrl: {
    variable: 'DATABASE_URL',
    meaning: 'the PostgreSQL database of the services',
    otherwise: 'an embedded database in a folder of `SOTTO_DATA_DIR`',
    fallback: undefined,
    rule: 'an address such as postgresql://user@host/database',
    parse: (text) => (isUrl(text, ['postgresql:', 'postgres:']) ? text : undefined),
  } satisfies ServiceVariable<string | undefined>,
  dataDirectory: {
    variable: 'SOTTO_DATA_DIR',
    meaning: 'where the services keep their files',
    otherwise: 'the place of the platform, such as `~/.local/share/sotto-services`',
    fallback: undefined,
    rule: 'an absolute path',
    parse: (text) => (isAbsolute(text) ? text : undefined),
  } satisfies ServiceVariable<string | undefined>,
  enabledByDefault: {
    variable: 'TELEMETRY_DEFAULT',
    meaning: 'whether an organisation that has not answered is counted',
    otherwise: 'on',
    fallback: true,
    rule: 'on or off',
    parse: toSwitch,
  } satisfies ServiceVariable<boolean>,
  heartbeatIntervalSeconds: {
    variable: 'HEARTBEAT_INTERVAL_SECONDS',
    meaning: 'seconds from one heartbeat to the next',
    otherwise: '300',
    fallback: 300,
    rule: 'a whole number from 60 to 86400',
    parse: (text) => toWholeNumber(text, 60, 86_400),
  } satisfies ServiceVariable<number>,
  analyticsHourUtc: {
    variable: 'ANALYTICS_HOUR_UTC',
    meaning: 'the hour of the day, in UTC, of the daily report',
    otherwise: '2',
    fallback: 2,
    rule: 'a whole number from 0 to 23',
    parse: (text) => toWholeNumber(text, 0, 23),
  } satisfies ServiceVariable<number>,
  minGroup: {
    variable: 'MIN_GROUP',
    meaning: 'groups of fewer runs are counted under `other`, and no average is told of fewer',
    otherwise: '5',
    fallback: 5,
    rule: 'a whole number from 2 to 1000',
    parse: (text) => toWholeNumber(text, 2, 1_000),
  } satisfies ServiceVariable<number>,
  configServiceUrl: {
    variable: 'CONFIG_SERVICE_URL',
    meaning: 'where the settings service of the pages is, when another process runs it',
    otherwise: 'the one of the same process',
    fallback: undefined,
    rule: 'an http or https address without user, query and fragment',
    parse: (text) => (isUrl(text, ['http:', 'https:']) && isBare(text) ? text : undefined),
  } satisfies ServiceVariable<string | undefined>,
  publicUrl: {
    variable: 'PUBLIC_URL',
    meaning: 'the address by which browsers reach the pages',
    otherwise: 'the address that a request names',
    fallback: undefined,
    rule: 'an http or https address without path, such as https://telemetry.example.org',
    parse: (text) => (isUrl(text, ['http:', 'https:']) ? toOrigin(text) : undefined),
  } satisfies ServiceVariable<string | undefined>,
  ingestApiKeys: {
    variable: 'INGEST_API_KEYS',
    meaning: 'the project keys whose events are received, with commas between',
    otherwise: 'any',
    fallback: undefined,
    rule: 'one key or more, with commas between',
    parse: toKeys,
  } satisfies ServiceVariable<readonly string[] | undefined>,
  ingestReadKey: {
    variable: 'INGEST_READ_KEY',
    meaning: 'the bearer key that opens received events for reading',
    otherwise: 'only programs of the same machine read them',
    fallback: undefined,
    rule: 'at least 16 characters without white space',
    parse: (text) => (/^\S{16,256}$/.test(text) ? text : undefined),
  } satisfies ServiceVariable<string | undefined>,
} as const;

function toSwitch(text: string): boolean | undefined {
  const word = text.toLowerCase();
  return word === 'on' ? true : word === 'off' ? false : undefined;
}

function toWholeNumber(text: string, min: number, max: number): number | undefined {
  const value = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
  return value >= min && value <= max ? value : undefined;
}

function isUrl(text: string, protocols: readonly string[]): boolean {
  return URL.canParse(text) && protocols.includes(new URL(text).protocol);
}

function isBare(text: string): boolean {
  const { username, password, search, hash } = new URL(text);
  return username + password + search + hash === '';
}

function toOrigin(text: string): string | undefined {
  const { origin, pathname } = new URL(text);
  return isBare(text) && pathname === '/' ? origin : undefined;
}

function toKeys(text: string): readonly string[] | undefined {
  const keys = text.split(',').map((key) => key.trim());
  return keys.every((key) => key !== '') ? keys : undefined;
}

import { isAbsolute } from 'node:path';
import { isPrivate } from '../loopback.js';

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
    parse: toDatabaseUrl,
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
    parse: toSecret,
  } satisfies ServiceVariable<string | undefined>,
  receiptSigningKey: {
    variable: 'RECEIPT_SIGNING_KEY',
    meaning: 'what signs the receipts for received events',
    otherwise:
      'a key that is made once and kept in `SOTTO_DATA_DIR`, beside the embedded database; with `DATABASE_URL` or `INGEST_STREAM` no receipts are given',
    fallback: undefined,
    rule: 'an Ed25519 private key: a JWK as JSON, or PKCS #8 as PEM',
    parse: toSigningKey,
  } satisfies ServiceVariable<string | undefined>,
  vendorServiceUrl: {
    variable: 'VENDOR_SERVICE_URL',
    meaning: 'the vendor service that the collector sends to',
    otherwise: 'the role `collector` does not start',
    fallback: undefined,
    rule: 'an https address without user, query and fragment; http only on this machine',
    // A licence key travels by it.
    parse: (text) =>
      isUrl(text, ['http:', 'https:']) && isBare(text) && isPrivate(new URL(text)) ? text : undefined,
  } satisfies ServiceVariable<string | undefined>,
  vendorLicenseKey: {
    variable: 'VENDOR_LICENSE_KEY',
    meaning: 'the licence key of the customer, which the collector shows to the vendor service',
    otherwise: 'the role `collector` does not start',
    fallback: undefined,
    rule: 'the key as it was given, without white space',
    parse: (text) => (/^[\x21-\x7e]{8,512}$/.test(text) ? text : undefined),
  } satisfies ServiceVariable<string | undefined>,
  licenseCacheTtlSeconds: {
    variable: 'LICENSE_CACHE_TTL_SECONDS',
    meaning: 'seconds for which what the vendor service said of the licence is not asked again',
    otherwise: '3600',
    fallback: 3600,
    rule: 'a whole number from 60 to 86400',
    parse: (text) => toWholeNumber(text, 60, 86_400),
  } satisfies ServiceVariable<number>,
  licenseGraceSeconds: {
    variable: 'LICENSE_GRACE_SECONDS',
    meaning: 'seconds for which a licence counts on after that while the vendor service does not answer',
    otherwise: '3600',
    fallback: 3600,
    rule: 'a whole number from 0 to 604800',
    parse: (text) => toWholeNumber(text, 0, 604_800),
  } satisfies ServiceVariable<number>,
  collectorDatabaseUrl: {
    variable: 'COLLECTOR_DATABASE_URL',
    meaning: 'the PostgreSQL database in which the collector notes what it sent',
    otherwise: 'a schema of its own, `sotto_collector`, in the database of the services',
    fallback: undefined,
    rule: 'an address such as postgresql://user@host/database',
    parse: toDatabaseUrl,
  } satisfies ServiceVariable<string | undefined>,
  internalApiToken: {
    variable: 'INTERNAL_API_TOKEN',
    meaning: 'the bearer token that opens `/internal` and `/metrics` to other machines',
    otherwise: 'only programs of the same machine are answered there',
    fallback: undefined,
    rule: 'at least 16 characters without white space',
    parse: toSecret,
  } satisfies ServiceVariable<string | undefined>,
  vendorReadKey: {
    variable: 'VENDOR_READ_KEY',
    meaning: "the key that opens the vendor's dashboard, and what was received for reading",
    otherwise: 'nobody reads it',
    fallback: undefined,
    rule: 'at least 16 characters without white space',
    parse: toSecret,
  } satisfies ServiceVariable<string | undefined>,
  heartbeatRetentionDays: {
    variable: 'HEARTBEAT_RETENTION_DAYS',
    meaning:
      'days for which the vendor service keeps single heartbeats; what they come to per day stays as long as daily reports',
    otherwise: '90',
    fallback: 90,
    rule: 'a whole number from 1 to 3650',
    parse: (text) => toWholeNumber(text, 1, 3_650),
  } satisfies ServiceVariable<number>,
  dailyRetentionDays: {
    variable: 'DAILY_RETENTION_DAYS',
    meaning: 'days for which the vendor service keeps daily reports',
    otherwise: '1095',
    fallback: 1_095,
    // A report is received for so long: one that was forgotten before could come again.
    rule: 'a whole number from 31 to 36500',
    parse: (text) => toWholeNumber(text, 31, 36_500),
  } satisfies ServiceVariable<number>,
  ingestRetentionDays: {
    variable: 'INGEST_RETENTION_DAYS',
    meaning: 'days after which a received event is deleted, counted from when it happened',
    otherwise: '365',
    fallback: 365,
    rule: 'a whole number from 1 to 3650',
    parse: (text) => toWholeNumber(text, 1, 3_650),
  } satisfies ServiceVariable<number>,
  ingestStream: {
    variable: 'INGEST_STREAM',
    meaning:
      'the NATS servers whose JetStream takes received events, for the role `writer` to store; with commas between',
    otherwise: 'the role `ingest` stores them itself',
    fallback: undefined,
    rule: 'addresses such as nats://host:4222 or tls://host:4222',
    parse: toNatsServers,
  } satisfies ServiceVariable<readonly string[] | undefined>,
} as const;

/** Ten times what one has. */
const MAX_KEY_LENGTH = 2_048;

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

function toDatabaseUrl(text: string): string | undefined {
  return isUrl(text, ['postgresql:', 'postgres:']) ? text : undefined;
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

function toSecret(text: string): string | undefined {
  return /^\S{16,256}$/.test(text) ? text : undefined;
}

/** Whether it is a key is seen by what signs. Where a variable cannot hold several lines, `\\n` stands between them. */
function toSigningKey(text: string): string | undefined {
  const key = text.replaceAll('\\n', '\n').trim();
  const isKey = /^\{.*\}$|^-----BEGIN PRIVATE KEY-----.*-----END PRIVATE KEY-----$/s.test(key);
  return isKey && key.length <= MAX_KEY_LENGTH ? key : undefined;
}

function toNatsServers(text: string): readonly string[] | undefined {
  const servers = text.split(',').map((server) => server.trim());
  const isServer = (server: string) => /^(?:nats|tls):\/\/[^\s/]/.test(server) && URL.canParse(server);
  return servers.every(isServer) ? servers : undefined;
}

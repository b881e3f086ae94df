import { describe, expect, it } from 'vitest';
import { databaseDirectory, readServiceSettings, SERVICE_VARIABLES } from '../../../../src/settings/index.js';

const HOME = '/home/someone';
const read = (env: Record<string, string> = {}) => readServiceSettings({ env: { HOME, ...env } });

describe('what an operator says about the services', () => {
  it('has a default for everything', () => {
    expect(read()).toEqual({
      databaseUrl: undefined,
      dataDirectory: expect.stringMatching(/^\/home\/someone\/.*sotto-services$/),
      enabledByDefault: true,
      heartbeatIntervalSeconds: 300,
      analyticsHourUtc: 2,
      minGroup: 5,
      configServiceUrl: undefined,
      publicUrl: undefined,
      ingestApiKeys: undefined,
      ingestReadKey: undefined,
      receiptSigningKey: undefined,
      vendorServiceUrl: undefined,
      vendorLicenseKey: undefined,
      licenseCacheTtlSeconds: 3_600,
      licenseGraceSeconds: 3_600,
      collectorDatabaseUrl: undefined,
      internalApiToken: undefined,
      vendorReadKey: undefined,
      heartbeatRetentionDays: 90,
      dailyRetentionDays: 1_095,
      ingestRetentionDays: 365,
      ingestStream: undefined,
      proxies: { http: '', https: '', exceptions: '' },
    });
  });

  it('is read from the variables of the services', () => {
    const settings = read({
      DATABASE_URL: ' postgresql://someone@db.example/sotto ',
      SOTTO_DATA_DIR: '/var/lib/sotto',
      TELEMETRY_DEFAULT: 'OFF',
      HEARTBEAT_INTERVAL_SECONDS: '60',
      ANALYTICS_HOUR_UTC: '23',
      MIN_GROUP: '2',
      CONFIG_SERVICE_URL: 'http://config:8001/base',
      PUBLIC_URL: 'https://telemetry.example.org/',
      INGEST_API_KEYS: 'phc_a, phc_b',
      INGEST_READ_KEY: 'a-key-of-sixteen-characters',
      RECEIPT_SIGNING_KEY: '-----BEGIN PRIVATE KEY-----\\nabc\\n-----END PRIVATE KEY-----\\n',
      VENDOR_SERVICE_URL: 'https://vendor.example/stage',
      VENDOR_LICENSE_KEY: 'lic_0123.abc',
      LICENSE_CACHE_TTL_SECONDS: '60',
      LICENSE_GRACE_SECONDS: '0',
      COLLECTOR_DATABASE_URL: 'postgres://notes.example/sotto',
      INTERNAL_API_TOKEN: 'a-token-of-sixteen-or-more',
      VENDOR_READ_KEY: 'another-key-of-sixteen',
      HEARTBEAT_RETENTION_DAYS: '7',
      DAILY_RETENTION_DAYS: '365',
      INGEST_RETENTION_DAYS: '30',
      INGEST_STREAM: 'nats://one:4222, tls://user:word@two:4222',
      HTTPS_PROXY: 'http://proxy.example:3128',
      no_proxy: 'localhost',
    });
    expect(settings).toEqual({
      databaseUrl: 'postgresql://someone@db.example/sotto',
      dataDirectory: '/var/lib/sotto',
      enabledByDefault: false,
      heartbeatIntervalSeconds: 60,
      analyticsHourUtc: 23,
      minGroup: 2,
      configServiceUrl: 'http://config:8001/base',
      publicUrl: 'https://telemetry.example.org',
      ingestApiKeys: ['phc_a', 'phc_b'],
      ingestReadKey: 'a-key-of-sixteen-characters',
      receiptSigningKey: '-----BEGIN PRIVATE KEY-----\nabc\n-----END PRIVATE KEY-----',
      vendorServiceUrl: 'https://vendor.example/stage',
      vendorLicenseKey: 'lic_0123.abc',
      licenseCacheTtlSeconds: 60,
      licenseGraceSeconds: 0,
      collectorDatabaseUrl: 'postgres://notes.example/sotto',
      internalApiToken: 'a-token-of-sixteen-or-more',
      vendorReadKey: 'another-key-of-sixteen',
      heartbeatRetentionDays: 7,
      dailyRetentionDays: 365,
      ingestRetentionDays: 30,
      ingestStream: ['nats://one:4222', 'tls://user:word@two:4222'],
      proxies: { http: '', https: 'http://proxy.example:3128', exceptions: 'localhost' },
    });
  });

  it.each([
    ['DATABASE_URL', 'mysql://secret@db'],
    ['SOTTO_DATA_DIR', 'secret/relative'],
    ['TELEMETRY_DEFAULT', 'secret'],
    ['TELEMETRY_DEFAULT', 'constructor'],
    ['TELEMETRY_DEFAULT', '__proto__'],
    ['HEARTBEAT_INTERVAL_SECONDS', '0'],
    ['HEARTBEAT_INTERVAL_SECONDS', '-1'],
    ['HEARTBEAT_INTERVAL_SECONDS', 'secret'],
    ['HEARTBEAT_INTERVAL_SECONDS', '1e9'],
    ['ANALYTICS_HOUR_UTC', '24'],
    ['ANALYTICS_HOUR_UTC', '-1'],
    ['ANALYTICS_HOUR_UTC', '2am'],
    ['MIN_GROUP', '1'],
    ['CONFIG_SERVICE_URL', 'http://user:secret@config'],
    ['CONFIG_SERVICE_URL', 'secret'],
    ['PUBLIC_URL', 'https://telemetry.example.org/secret'],
    ['INGEST_API_KEYS', 'secret,,'],
    ['INGEST_READ_KEY', 'secret'],
    ['RECEIPT_SIGNING_KEY', 'secret'],
    ['RECEIPT_SIGNING_KEY', `{${'secret'.repeat(400)}}`],
    ['VENDOR_SERVICE_URL', 'http://vendor.example/secret'],
    ['VENDOR_SERVICE_URL', 'https://user:secret@vendor.example'],
    ['VENDOR_SERVICE_URL', 'https://vendor.example/?key=secret'],
    ['VENDOR_LICENSE_KEY', 'two secrets'],
    ['VENDOR_LICENSE_KEY', 'sécret-key'],
    ['LICENSE_CACHE_TTL_SECONDS', '59'],
    ['LICENSE_GRACE_SECONDS', '604801'],
    ['COLLECTOR_DATABASE_URL', 'sqlite://secret'],
    ['INTERNAL_API_TOKEN', 'secret'],
    ['VENDOR_READ_KEY', 'secret'],
    ['HEARTBEAT_RETENTION_DAYS', '0'],
    ['DAILY_RETENTION_DAYS', '30'],
    ['INGEST_RETENTION_DAYS', '-1'],
    ['INGEST_STREAM', 'http://secret:4222'],
    ['INGEST_STREAM', 'nats://one,secret'],
  ])('refuses what %s may not be (%s), without repeating it', (variable, text) => {
    const thrown = (() => {
      try {
        read({ [variable]: text });
      } catch (error) {
        return error as Error;
      }
      return undefined;
    })();
    expect(thrown).toMatchObject({ code: 'OPTION_INVALID' });
    expect(thrown?.message).toMatch(new RegExp(`^${variable} must be `));
    expect(thrown?.message).not.toContain('secret');
  });

  it.each(['localhost:8000', '127.0.0.1:8000', '[::1]:8000'])(
    'lets the vendor service be reached without TLS on this machine, at %s',
    (host) => {
      const url = `http://${host}`;
      expect(read({ VENDOR_SERVICE_URL: url }).vendorServiceUrl).toBe(url);
    },
  );

  it('takes an empty variable for none', () => {
    expect(read({ DATABASE_URL: '', ANALYTICS_HOUR_UTC: ' ' })).toEqual(read());
  });

  it('knows no place for files where there is no home', () => {
    expect(readServiceSettings({ env: { HOME: '' } }).dataDirectory).toBeUndefined();
  });

  it('keeps the embedded database in a folder of its own', () => {
    expect(databaseDirectory('/var/lib/sotto')).toBe('/var/lib/sotto/database');
  });

  it('says of every variable what it means, and what holds without it', () => {
    for (const { variable, meaning, otherwise, rule } of Object.values(SERVICE_VARIABLES)) {
      expect(variable).toMatch(/^[A-Z][A-Z_]+$/);
      for (const text of [meaning, otherwise, rule]) expect(text).not.toBe('');
    }
  });
});

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

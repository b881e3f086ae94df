import { describe, expect, it } from 'vitest';
import type { Telemetry } from '../../../../src/index.js';
import { resolveServerOptions, type ServerOptions } from '../../../../src/server/serve/options.js';
import { readServiceSettings } from '../../../../src/settings/index.js';

const telemetry = {} as Telemetry;
const services = readServiceSettings({ env: { HOME: '/home/someone' } });
const resolve = (options: Partial<ServerOptions>) =>
  resolveServerOptions({ roles: ['orgs'], services, ...options });

describe('what a process serves', () => {
  it('is for this machine unless it is said otherwise', () => {
    expect(resolve({})).toMatchObject({ port: 8001, host: '127.0.0.1' });
    expect(resolve({ host: '0.0.0.0' })).toMatchObject({ host: '0.0.0.0' });
  });

  it('holds no client of an app without the role that needs it', () => {
    expect(resolve({ telemetry }).telemetry).toBeUndefined();
    expect(resolve({ roles: ['local-api'], telemetry }).telemetry).toBe(telemetry);
  });

  it.each<[string, Partial<ServerOptions>, RegExp]>([
    [
      'no role',
      { roles: [] },
      /^roles must name at least one of local-api, web, orgs, collector, vendor, ingest, writer/,
    ],
    ['an unknown role', { roles: ['vendors' as never] }, /^roles must name/],
    ['a local API of no app', { roles: ['local-api'] }, /needs the client of an app/],
    ['pages with nothing to show', { roles: ['web'] }, /needs something to show/],
    [
      'pages of a vendor service that nobody may read',
      { roles: ['web', 'vendor'] },
      /vendor with VENDOR_READ_KEY/,
    ],
    ['a host that is no address', { host: 'localhost' }, /^host must be an IP address/],
    ['a receiver for anybody', { roles: ['ingest'], host: '0.0.0.0' }, /with a key only.*INGEST_API_KEYS/],
    [
      'a local API for other machines',
      { roles: ['local-api', 'orgs'], telemetry, host: '0.0.0.0' },
      /for this machine only/,
    ],
  ])('cannot be %s', (_what, options, message) => {
    expect(() => resolve(options)).toThrow(
      expect.objectContaining({ code: 'OPTION_INVALID', message: expect.stringMatching(message) }),
    );
  });

  it('may be pages over a vendor service that is read by its key', () => {
    const read = { ...services, vendorReadKey: 'a-key-for-reading' };
    expect(() => resolve({ roles: ['web', 'vendor'], services: read })).not.toThrow();
    expect(() => resolve({ roles: ['web'], services: read })).toThrow(/needs something to show/);
  });

  it('may be pages alone, over a settings service of another process', () => {
    const elsewhere = { ...services, configServiceUrl: 'http://config:8001' };
    expect(() => resolve({ roles: ['web'], services: elsewhere })).not.toThrow();
  });
});

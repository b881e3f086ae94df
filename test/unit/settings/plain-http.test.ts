import { describe, expect, it } from 'vitest';
import { ConfigError } from '../../../src/internal/index.js';
import { fileOf, layersOf, resolve, warningsOf } from './support.js';

const HOST = 'ACME__TELEMETRY__POSTHOG_HOST';
const ALLOW = 'ACME__TELEMETRY__ALLOW_HTTP';
const OVER_HTTP = 'http://telemetry.example';

const PRIVATE = [
  'http://localhost',
  'http://localhost:8080/ingest',
  'http://LOCALHOST',
  'http://app.localhost:3000',
  'http://127.0.0.1:9000',
  'http://127.8.9.10',
  'http://127.1',
  'http://[::1]:9000',
  'https://telemetry.example',
];

const OPEN = [
  OVER_HTTP,
  'http://10.0.0.1',
  'http://0.0.0.0',
  'http://128.0.0.1',
  'http://[::2]',
  'http://[2001:db8::1]:9000',
  'http://localhost.example',
  'http://notlocalhost',
  'http://127.0.0.1.example',
  'HTTP://collector:8080',
];

describe('an address over http', () => {
  it.each(PRIVATE)('%s is taken, for nobody on the way can read along', (host) => {
    expect(layersOf(resolve({ env: { [HOST]: host } }))).toEqual([]);
    expect(() => resolve({}, { posthog: { host } })).not.toThrow();
  });

  it.each(OPEN)('%s in a variable turns telemetry off and says what helps', (host) => {
    const settings = resolve({ env: { [HOST]: host } });
    expect(settings.posthog.host).toBe('https://us.i.posthog.com');
    expect(settings.consentLayers).toEqual([
      {
        kind: 'off',
        about: 'telemetry',
        layer: 'destination_invalid',
        source: HOST,
        fix: `Use https in ${HOST}, or set ${ALLOW}=true.`,
      },
    ]);
    expect(settings.warnings).toEqual([
      { code: 'VALUE_INVALID', source: HOST, rule: expect.stringContaining(`unless ${ALLOW}=true`) },
    ]);
  });

  it.each(OPEN)('%s in code is a mistake of the program', (host) => {
    const make = () => resolve({}, { posthog: { host } });
    expect(make).toThrow(ConfigError);
    expect(make).toThrow(/^Option posthog\.host must be .+ unless posthog\.allowHttp is true; got string\.$/);
  });

  it('in a file names the key and the file in what helps', () => {
    const settings = resolve({}, {}, [fileOf('user', { posthog_host: OVER_HTTP })]);
    expect(settings.consentLayers[0]?.fix).toBe(
      `Use https in posthog_host in /user.json, or set ${ALLOW}=true.`,
    );
  });
});

describe('the allowance', () => {
  it.each([
    ['a variable', { env: { [ALLOW]: 'true' } }, {}, []],
    ['code', {}, { allowHttp: true }, []],
    ['a file of the user', {}, {}, [fileOf('user', { allow_http: true })]],
  ])('counts from %s, wherever the address stands', (_, { env = {} }: { env?: object }, posthog, files) => {
    const inVariable = resolve({ env: { ...env, [HOST]: OVER_HTTP } }, { posthog }, files);
    expect(inVariable.posthog).toMatchObject({ host: OVER_HTTP, allowHttp: true });
    expect(inVariable.consentLayers).toEqual([]);
    const inCode = resolve({ env: { ...env } }, { posthog: { ...posthog, host: OVER_HTTP } }, files);
    expect(inCode.posthog.host).toBe(OVER_HTTP);
  });

  it.each([
    ['.env', { dotenv: { [ALLOW]: 'true' } }, []],
    ['a file of the project', {}, [fileOf('project', { allow_http: true })]],
  ])('does not count from %s, which may only narrow', (_, environment, files) => {
    const settings = resolve({ env: { [HOST]: OVER_HTTP }, ...environment }, {}, files);
    expect(layersOf(settings)).toEqual([`off ${HOST}`]);
    expect(warningsOf(settings)).toHaveLength(2);
  });

  it('that is taken back outside of code turns telemetry off, and breaks no program', () => {
    const posthog = { host: OVER_HTTP, allowHttp: true };
    const settings = resolve({ env: { [ALLOW]: 'no' } }, { posthog });
    expect(layersOf(settings)).toEqual([`off ${ALLOW}`]);
    expect(settings.posthog.host).toBe('https://us.i.posthog.com');
    const better = resolve({ env: { [ALLOW]: 'no', [HOST]: 'https://eu.example' } }, { posthog });
    expect(better).toMatchObject({ consentLayers: [], posthog: { host: 'https://eu.example' } });
  });

  it('that nobody understands is none, with a warning', () => {
    const settings = resolve({ env: { [ALLOW]: 'perhaps', [HOST]: OVER_HTTP } });
    expect(layersOf(settings)).toEqual([`off ${HOST}`]);
    expect(warningsOf(settings)).toEqual([`VALUE_INVALID ${HOST}`, `VALUE_INVALID ${ALLOW}`]);
  });
});

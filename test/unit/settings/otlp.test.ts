import { describe, expect, it } from 'vitest';
import { ConfigError } from '../../../src/internal/index.js';
import { fileOf, layersOf, resolve, warningsOf } from './support.js';

const ENDPOINT = 'ACME__TELEMETRY__OTLP_ENDPOINT';
const PROTOCOL = 'ACME__TELEMETRY__OTLP_PROTOCOL';
const EITHER = 'ACME_TELEMETRY_ENDPOINT';
const LOCAL = 'http://localhost:4318';

describe('the OTLP endpoint', () => {
  it.each([
    [LOCAL, LOCAL],
    [`${LOCAL}/`, LOCAL],
    [`${LOCAL}/v1/traces`, LOCAL],
    [`${LOCAL}/v1/metrics/`, LOCAL],
    [`${LOCAL}//v1/logs`, LOCAL],
    [`${LOCAL}/v1/logs/v1/logs`, `${LOCAL}/v1/logs`],
    [`${LOCAL}/v1/profiles`, `${LOCAL}/v1/profiles`],
    ['https://otel.example/otlp', 'https://otel.example/otlp'],
    ['https://otel.example/otlp/v1/traces', 'https://otel.example/otlp'],
    ['http://[::1]:4318/v1/logs', 'http://[::1]:4318'],
    ['https://[2001:db8::1]/', 'https://[2001:db8::1]'],
  ])('%s becomes %s', (written, endpoint) => {
    expect(resolve({}, { otlp: { endpoint: written } }).otlp.endpoint).toBe(endpoint);
    const settings = resolve({ env: { [ENDPOINT]: written } });
    expect(settings).toMatchObject({ otlp: { endpoint }, consentLayers: [], warnings: [] });
  });

  const UNUSABLE = [
    'collector:4318',
    'grpc://localhost:4317',
    `${LOCAL}/?x=1`,
    `${LOCAL}/v1/logs?x=1`,
    `${LOCAL}/#x`,
    'https://ada:secret@otel.example',
    'http://otel.example',
  ];

  it.each(UNUSABLE)('%s outside of code turns telemetry off, with a warning that tells no value', (text) => {
    const settings = resolve({ env: { [ENDPOINT]: text } });
    expect(layersOf(settings)).toEqual([`off ${ENDPOINT}`]);
    expect(warningsOf(settings)).toEqual([`VALUE_INVALID ${ENDPOINT}`]);
    expect(settings.otlp.endpoint).toBeUndefined();
    expect(JSON.stringify(settings.warnings)).not.toContain(text);
  });

  it.each([...UNUSABLE, ''])('%j in code is a mistake of the program', (endpoint) => {
    expect(() => resolve({}, { otlp: { endpoint } })).toThrow(ConfigError);
  });

  it('may be over http where that is allowed, and turns telemetry off where that is taken back', () => {
    const otlp = { endpoint: 'http://otel.example' };
    expect(resolve({}, { otlp, posthog: { allowHttp: true } }).otlp.endpoint).toBe('http://otel.example');
    const allowed = resolve({ env: { ACME__TELEMETRY__ALLOW_HTTP: '1', [ENDPOINT]: otlp.endpoint } });
    expect(allowed).toMatchObject({ otlp, consentLayers: [] });
    const env = { ACME__TELEMETRY__ALLOW_HTTP: 'no' };
    const takenBack = resolve({ env }, { otlp, posthog: { allowHttp: true } });
    expect(layersOf(takenBack)).toEqual(['off ACME__TELEMETRY__ALLOW_HTTP']);
    expect(takenBack.otlp.endpoint).toBeUndefined();
  });

  it('over http says what helps', () => {
    const { consentLayers } = resolve({ env: { [ENDPOINT]: 'http://otel.example' } });
    expect(consentLayers[0]?.fix).toBe(`Use https in ${ENDPOINT}, or set ACME__TELEMETRY__ALLOW_HTTP=true.`);
  });

  it('comes from the environment before a file, and from a file before code', () => {
    const files = [fileOf('user', { otlp_endpoint: 'https://file.example' })];
    const options = { otlp: { endpoint: 'https://code.example' } };
    const env = { [ENDPOINT]: 'https://environment.example' };
    expect(resolve({ env }, options, files).otlp.endpoint).toBe('https://environment.example');
    expect(resolve({}, options, files).otlp.endpoint).toBe('https://file.example');
    expect(resolve({}, options).otlp.endpoint).toBe('https://code.example');
  });

  it.each(['https://project.example', 'nowhere'])('%s does not count from .env', (endpoint) => {
    expect(resolve({ dotenv: { [ENDPOINT]: endpoint } }).otlp.endpoint).toBeUndefined();
  });
});

describe('the variable for the address of either sink', () => {
  const env = { [EITHER]: 'https://either.example/v1/logs' };

  it('is the host of PostHog unless the program chose OTLP', () => {
    const settings = resolve({ env });
    expect(settings.posthog.host).toBe('https://either.example/v1/logs');
    expect(settings.otlp.endpoint).toBeUndefined();
    expect(resolve({ env: { ...env, [ENDPOINT]: LOCAL } })).toMatchObject({
      posthog: { host: 'https://either.example/v1/logs' },
      otlp: { endpoint: LOCAL },
    });
  });

  it('is the endpoint of OTLP where the program chose that, after its own variable', () => {
    const options = { otlp: { endpoint: LOCAL } };
    const settings = resolve({ env }, options);
    expect(settings.otlp.endpoint).toBe('https://either.example');
    expect(settings.posthog.host).toBe('https://us.i.posthog.com');
    const both = { ...env, [ENDPOINT]: 'https://own.example' };
    expect(resolve({ env: both }, options).otlp.endpoint).toBe('https://own.example');
  });

  it('turns telemetry off once when it cannot be used', () => {
    const settings = resolve({ env: { [EITHER]: 'nowhere' } }, { otlp: { endpoint: LOCAL } });
    expect(layersOf(settings)).toEqual([`off ${EITHER}`]);
    expect(warningsOf(settings)).toEqual([`VALUE_INVALID ${EITHER}`]);
  });
});

describe('the OTLP protocol', () => {
  it.each([
    ['http/json', 'http/json', []],
    ['grpc', 'http/protobuf', [`VALUE_INVALID ${PROTOCOL}`]],
    ['', 'http/protobuf', [`VALUE_INVALID ${PROTOCOL}`]],
  ])('%j in the environment is %s', (text, protocol, warnings) => {
    const settings = resolve({ env: { [PROTOCOL]: text } });
    expect(settings.otlp.protocol).toBe(protocol);
    expect(warningsOf(settings)).toEqual(warnings);
  });
});

describe('OTLP headers', () => {
  it('are a copy, frozen, with names in lower case', () => {
    const headers = { Authorization: 'Bearer abc', 'x-scope': '' };
    const { otlp } = resolve({}, { otlp: { endpoint: LOCAL, headers } });
    expect(otlp.headers).toEqual({ authorization: 'Bearer abc', 'x-scope': '' });
    expect(otlp.headers).not.toBe(headers);
    expect(Object.isFrozen(otlp.headers)).toBe(true);
    expect(Object.isFrozen(headers)).toBe(false);
  });

  it.each<[string, unknown]>([
    ['no object', 'authorization: x'],
    ['a list', ['x']],
    ['a number', { 'x-n': 1 }],
    ['a line break in a value', { 'x-n': 'a\r\nhost: other' }],
    ['a space in a name', { 'x n': 'a' }],
    ['the host', { Host: 'other.example' }],
    ['the type of the body', { 'content-type': 'text/plain' }],
    ['one name twice', { 'x-n': 'a', 'X-N': 'b' }],
    ['too many', Object.fromEntries(Array.from({ length: 21 }, (_, n) => [`x-${n}`, 'a']))],
  ])('with %s are a mistake of the program', (_, headers) => {
    const make = () => resolve({}, { otlp: { endpoint: LOCAL, headers: headers as never } });
    expect(make).toThrow(/^Option otlp\.headers must be an object of at most 20 request headers/);
  });
});

it('reads none of the variables of OpenTelemetry', () => {
  const env = {
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://evil.example',
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
    OTEL_EXPORTER_OTLP_HEADERS: 'x=y',
    OTEL_SDK_DISABLED: 'true',
  };
  expect(resolve({ env })).toEqual(resolve());
});

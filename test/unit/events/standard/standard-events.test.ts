import { describe, expect, it } from 'vitest';
import {
  ApiRequest,
  CommandExecuted,
  FeatureUsed,
  MetricReport,
  Operation,
  OperationLatency,
  ServiceHealth,
  StandardEvents,
} from '../../../../src/events/index.js';
import { knownEventClasses, modelOfSchema } from '../../../../src/privacy/index.js';
import { ENVELOPE, hostileProxy, openDoor } from '../../privacy/support.js';

const HISTOGRAM = [
  'count', 'sum', 'min', 'max', 'p50', 'p95', 'p99', 'scale', 'zero_count', 'offset', 'bucket_counts', 'window_ms',
]; // biome-ignore format: one table

const FIELDS: readonly (readonly [string, object, readonly string[]])[] = [
  ['feature.used', FeatureUsed, ['feature_name', 'feature_variant', 'feature_category', 'channel']],
  ['api.request', ApiRequest, ['endpoint', 'method', 'status', 'duration_ms']],
  ['cli.command', CommandExecuted, ['command', 'subcommand', 'succeeded', 'duration_ms', 'error_code']],
  ['health', ServiceHealth, ['service', 'status', 'uptime_seconds']],
  ['operation', Operation, ['$signal', 'span_name', 'succeeded', 'duration_ms', 'error_type']],
  ['metric', MetricReport, ['$signal', 'metric', 'type', 'unit', 'value', ...HISTOGRAM]],
  ['performance.latency', OperationLatency, [
    '$signal', 'metric', 'type', 'unit', 'value', ...HISTOGRAM, 'operation_type', 'endpoint', 'method',
  ]],
]; // biome-ignore format: one table

describe('the standard events', () => {
  it('have the names of the reference', () => {
    const names = Object.entries(StandardEvents).map(([key, schema]) => [key, modelOfSchema(schema)?.event?.name]);
    expect(Object.fromEntries(names)).toEqual({
      FEATURE_USED: 'feature.used',
      API_REQUEST: 'api.request',
      COMMAND_EXECUTED: 'cli.command',
      OPERATION_LATENCY: 'performance.latency',
      ERROR_OCCURRED: 'error',
      SERVICE_HEALTH: 'health',
    });
  }); // biome-ignore format: one row

  it.each(FIELDS)('declare for %s exactly its fields, under their own names', (name, schema, fields) => {
    const model = modelOfSchema(schema);
    expect(model?.event).toMatchObject({ name, isPrefixed: true, separator: '.' });
    expect([...(model?.rules.keys() ?? [])]).toEqual(fields);
    expect([...(model?.sources.keys() ?? [])]).toEqual(fields);
  });

  it('are sent under the name of the app, then a dot', () => {
    const { event } = openDoor().sanitizer.typed(new FeatureUsed(), ENVELOPE) ?? {};
    expect(event).toBe('acme_tool.feature.used');
  });

  it('are not among the events that the program has named', () => {
    for (const [, schema] of FIELDS) expect(knownEventClasses()).not.toContain(schema);
  });
});

/** What leaves of an event, and whether something was lost. */
function send(event: object) {
  const door = openDoor();
  return { properties: door.typed(event), dropped: door.dropped };
}

describe('a feature that was used', () => {
  it('is told by name, category and channel', () => {
    const attributes = { feature_name: 'send_message', feature_category: 'messaging', channel: 'whatsapp' };
    expect(send(FeatureUsed.create(attributes))).toEqual({ properties: attributes, dropped: {} });
  });

  it.each(['jane@example.org', 'my secret feature', '/home/jane', 'x'.repeat(65), '+4915112345678'])(
    'is not named %j',
    (feature_name) => {
      const { properties, dropped } = send(Object.assign(new FeatureUsed(), { feature_name }));
      expect(properties).toEqual({});
      expect(dropped).toEqual({ field_invalid: 1 });
    },
  );

  it('says nothing that it does not declare', () => {
    const used = Object.assign(new FeatureUsed(), { feature_name: 'search', recipient: '+4915112345678' });
    expect(send(used)).toEqual({ properties: { feature_name: 'search' }, dropped: { field_undeclared: 1 } });
  });
});

describe('an attribute that is none', () => {
  const circular: { self?: object } = {};
  circular.self = circular;

  it.each([
    ['a symbol', Symbol('s')], ['a function', () => 1], ['a bigint', 7n], ['a date', new Date(0)], ['a map', new Map([['a', 1]])],
    ['a set', new Set(['a'])], ['a record', { a: 1 }], ['a record without a prototype', Object.create(null)],
    ['a list of records', [{ a: 1 }]], ['something within itself', circular], ['NaN', Number.NaN], ['infinity', Number.POSITIVE_INFINITY],
    ['what cannot be read', hostileProxy('hunter2')], ['ten million letters', 'x'.repeat(10_000_000)],
  ])('costs itself only: %s', (_, bad) => {
    const door = openDoor();
    const request = Object.assign(new ApiRequest(), { endpoint: bad, method: 'GET', status: bad, duration_ms: bad });
    const properties = door.typed(request);
    expect(properties).toMatchObject({ method: 'GET' });
    expect(JSON.stringify(properties)).not.toMatch(/object|undefined|null|hunter2|NaN/);
    const used = Object.assign(new FeatureUsed(), { feature_name: bad, channel: 'cli' });
    expect(door.typed(used)).toEqual({ channel: 'cli' });
    expect(door.dropped.field_invalid ?? door.dropped.field_unreadable).toBeGreaterThan(0);
  }); // biome-ignore format: one table

  it('may throw on being read', () => {
    const used = new FeatureUsed();
    used.channel = 'cli';
    Object.defineProperty(used, 'feature_name', { enumerable: true, get: () => { throw new Error('hunter2'); } });
    expect(send(used)).toEqual({ properties: { channel: 'cli' }, dropped: { field_unreadable: 1 } });
  }); // biome-ignore format: one row
});

describe('a request that was answered', () => {
  it('is told by the template of its route', () => {
    const request = { endpoint: '/contacts/{id}?name=jane', method: 'GET', status: 200, duration_ms: 1.239 };
    expect(send(ApiRequest.create(request)).properties).toEqual({
      endpoint: '/contacts/:id',
      method: 'GET',
      status: 200,
      duration_ms: 1.24,
    });
  });

  it.each([99, 600, 200.5, '200', Number.NaN])('has no status %j', (status) => {
    const { properties, dropped } = send(Object.assign(new ApiRequest(), { status }));
    expect(properties).toEqual({});
    expect(dropped).toEqual({ field_invalid: 1 });
  });

  it('has one of the methods of HTTP, or another', () => {
    expect(send(Object.assign(new ApiRequest(), { method: 'BREW' })).properties).toEqual({ method: 'other' });
  });
});

describe('a command, an operation and the health of a service', () => {
  it('say what they declare', () => {
    const command = { command: 'instance', subcommand: 'create', succeeded: false, duration_ms: 7, error_code: 'ENOENT' };
    expect(send(CommandExecuted.create(command)).properties).toEqual(command);
    const operation = { span_name: 'search.rank', succeeded: false, duration_ms: 7, error_type: 'TypeError' };
    expect(send(Operation.create(operation)).properties).toEqual({ $signal: 'span', ...operation });
    const health = { service: 'database', status: 'degraded', uptime_seconds: 12 };
    expect(send(ServiceHealth.create(health)).properties).toEqual(health);
    expect(send(ServiceHealth.create({ ...health, status: 'on fire' })).properties).toMatchObject({ status: 'other' });
  }); // biome-ignore format: rows

  it('are no metric, whatever is written into what says so', () => {
    const operation = Object.assign(new Operation(), { $signal: 'metric' });
    expect(send(operation)).toEqual({ properties: {}, dropped: { field_invalid: 1 } });
  });
});

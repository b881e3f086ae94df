import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createOtlpEncoder } from '../../../../src/delivery/otlp/otlp-encoder.js';
import type { SanitizedEvent } from '../../../../src/privacy/index.js';
import { byName, decodeRequest, type Item, itemsOf, resourcesOf } from './definitions.js';
import {
  buildCounter,
  buildError,
  buildEvent,
  buildGauge,
  buildHistogram,
  buildSpan,
  fromLedger,
  MORNING_MS,
  MORNING_NANOS,
  SOURCE,
  uuidOf,
} from './events.js';

const PROTOCOLS = ['http/protobuf', 'http/json'] as const;
type Protocol = (typeof PROTOCOLS)[number];

async function encode(protocol: Protocol, events: readonly SanitizedEvent[], source = SOURCE) {
  const { signal, body } = (await createOtlpEncoder(source, protocol)).encode(events);
  const decoded = decodeRequest(signal, body);
  return { signal, body, decoded, items: itemsOf(decoded), resources: resourcesOf(decoded) };
}

afterEach(() => void vi.unstubAllEnvs());

describe.each(PROTOCOLS)('over %s', (protocol) => {
  it('an event is a log record with a name, without a body, with its time, its level and a uid', async () => {
    const { signal, items } = await encode(protocol, [buildEvent(1, { intent: 'DEBUG' })]);
    expect(signal).toBe('logs');
    expect(items).toHaveLength(1);
    const { attributes, body, ...record } = items[0]!;
    expect(record).toMatchObject({
      timeUnixNano: MORNING_NANOS,
      observedTimeUnixNano: MORNING_NANOS,
      severityNumber: 9,
      severityText: 'INFO',
      eventName: 'acme.searched',
    });
    expect(body ?? {}).toEqual({});
    expect(byName(attributes)).toEqual({
      intent: { stringValue: 'DEBUG' },
      ci: { boolValue: false },
      'session.id': { stringValue: 'session-1' },
      'log.record.uid': { stringValue: uuidOf(1) },
    });
  });

  it('the resource says the app, the package and the machine, once for all events', async () => {
    const { resources } = await encode(protocol, [buildEvent(1), buildError(2), buildEvent(3)]);
    expect(resources).toHaveLength(1);
    expect(byName(resources[0]!.resource.attributes)).toEqual({
      'service.name': { stringValue: 'acme' },
      'service.version': { stringValue: '1.4.0' },
      'telemetry.sdk.language': { stringValue: 'nodejs' },
      'telemetry.sdk.name': { stringValue: 'sotto' },
      'telemetry.sdk.version': { stringValue: expect.stringMatching(/^\d+\.\d+\.\d+/) },
      'os.type': { stringValue: 'linux' },
      'os.version': { stringValue: '6' },
      'host.arch': { stringValue: 'x64' },
      'host.cpu_count': { stringValue: '3-4' },
      'host.memory_gib': { stringValue: '5-8' },
      'process.runtime.version': { stringValue: '20' },
    });
    expect(resources[0]!.scopeLogs?.[0]?.scope.name).toBe('sotto');
  });

  it.each([buildEvent, buildSpan, buildGauge])(
    'events of two machines have two resources: %#',
    async (build) => {
      const events = [build(1), build(2, { 'os.type': 'windows' }), build(3)];
      const { resources, items } = await encode(protocol, events);
      const types = resources.map(({ resource }) => byName(resource.attributes)['os.type']?.stringValue);
      expect(types).toEqual(['linux', 'windows']);
      expect(items.length).toBeGreaterThan(1);
    },
  );

  it("an error has OpenTelemetry's names for what it was", async () => {
    const { items } = await encode(protocol, [buildError(1), buildError(2, { $signal: 'crash' })]);
    expect(items.map(({ severityNumber }) => severityNumber)).toEqual([17, 21]);
    expect(byName(items[0]!.attributes)).toMatchObject({
      'exception.type': { stringValue: 'TypeError' },
      'exception.message': { stringValue: 'Cannot read <value>' },
      'exception.stacktrace': { stringValue: 'at run (app/run.js:1:2)\nat main (app/main.js:3:4)' },
    });
    expect(JSON.stringify(items)).not.toContain('error_type');
  });

  it('a span has the ids of its event, its times, its kind and its status', async () => {
    const { signal, items } = await encode(protocol, [
      buildSpan(1),
      buildSpan(2, { succeeded: false, error_type: 'TypeError' }),
      buildSpan(3, { succeeded: null, duration_ms: null, span_name: null }),
    ]);
    expect(signal).toBe('traces');
    expect(items[0]).toMatchObject({
      traceId: '00000000000040008000000000000001',
      spanId: '8000000000000001',
      name: 'index.build',
      kind: 1,
      startTimeUnixNano: String(BigInt(MORNING_MS) * 1_000_000n - 1_500_250_000n),
      endTimeUnixNano: MORNING_NANOS,
      status: { code: 1 },
    });
    expect(items[0]).not.toHaveProperty('resource');
    expect(byName(items[0]!.attributes)).toEqual({
      files: { intValue: '7' },
      ci: { boolValue: false },
      'session.id': { stringValue: 'session-1' },
    });
    expect(items[1]).toMatchObject({ status: { code: 2 } });
    expect(byName(items[1]!.attributes)['error.type']).toEqual({ stringValue: 'TypeError' });
    expect(items[2]).toMatchObject({ name: 'acme.operation', startTimeUnixNano: MORNING_NANOS });
  });

  it('metrics are a gauge, a sum that only grows, and an exponential histogram', async () => {
    const { signal, items } = await encode(protocol, [buildGauge(1), buildCounter(2), buildHistogram(3)]);
    expect(signal).toBe('metrics');
    const times = {
      startTimeUnixNano: `${MORNING_MS - 60_000}000000`,
      timeUnixNano: MORNING_NANOS,
    };
    expect(items).toMatchObject([
      { name: 'queue.length', unit: '1', gauge: { dataPoints: [{ ...times, asDouble: 4 }] } },
      {
        name: 'files.read',
        unit: 'By',
        sum: { aggregationTemporality: 1, isMonotonic: true, dataPoints: [{ ...times, asDouble: 12.5 }] },
      },
      {
        name: 'performance.latency',
        unit: 'ms',
        exponentialHistogram: {
          aggregationTemporality: 1,
          dataPoints: [
            {
              ...times,
              count: '6',
              sum: 1_234.5,
              min: 0,
              max: 900,
              scale: -1,
              zeroCount: '1',
              positive: { offset: -2, bucketCounts: ['2', '0', '3'] },
            },
          ],
        },
      },
    ]);
  });

  it('a data point has the attributes of its series, and nothing that was measured', async () => {
    const { items } = await encode(protocol, [buildHistogram(1)]);
    const [point] = (items[0] as unknown as { exponentialHistogram: { dataPoints: [(typeof items)[0]] } })
      .exponentialHistogram.dataPoints;
    expect(Object.keys(byName(point!.attributes)).sort()).toEqual(['ci', 'operation_type', 'session.id']);
  });

  it('the points of one metric stand together', async () => {
    const { items } = await encode(protocol, [buildCounter(1), buildGauge(2), buildCounter(3, { sum: 2 })]);
    expect(items.map(({ name }) => name)).toEqual(['files.read', 'queue.length']);
    expect(items[0]).toMatchObject({ sum: { dataPoints: [{ asDouble: 12.5 }, { asDouble: 2 }] } });
  });

  it.each([
    ['text', 'DEBUG', { stringValue: 'DEBUG' }],
    ['an empty text', '', { stringValue: '' }],
    ['yes', true, { boolValue: true }],
    ['a whole number', 7, { intValue: '7' }],
    ['one below zero', -7, { intValue: '-7' }],
    ['the largest whole number', Number.MAX_SAFE_INTEGER, { intValue: '9007199254740991' }],
    ['a larger one of 64 bits', 2 ** 60, { intValue: '1152921504606846976' }],
    ['one of more than 64 bits', 2 ** 63, { stringValue: '9223372036854775808' }],
    ['a very large one', 1e21, { stringValue: '1000000000000000000000' }],
    ['another number', 0.5, { doubleValue: 0.5 }],
    ['nothing', null, {}],
    ['a list', ['a', 1, null], { arrayValue: { values: [{ stringValue: 'a' }, { intValue: '1' }, {}] } }],
    [
      'an object',
      { a: 1, count: 2.5 },
      {
        kvlistValue: {
          values: [
            { key: 'a', value: { intValue: '1' } },
            { key: 'count', value: { doubleValue: 2.5 } },
          ],
        },
      },
    ],
  ])('an attribute that is %s keeps its kind', async (_, value, expected) => {
    for (const build of [buildEvent, buildSpan]) {
      const { items } = await encode(protocol, [build(1, { it: value })]);
      expect(byName(items[0]!.attributes).it).toEqual(expected);
    }
  });

  it('what is read back from the ledger has the same bytes as what is sent from memory', async () => {
    for (const build of [buildEvent, buildError, buildSpan, buildGauge, buildCounter, buildHistogram]) {
      const event = build(1, { more: [1, { deep: 'a' }], ci: true });
      const first = await encode(protocol, [event]);
      expect((await encode(protocol, [fromLedger(event)])).body).toEqual(first.body);
      expect((await encode(protocol, [event])).body).toEqual(first.body);
    }
  });

  it("nothing of PostHog's leaves, nor what the event is beside an event", async () => {
    const own = { $lib: 'sotto', $lib_version: '0', $geoip_disable: true, $process_person_profile: false };
    const { items } = await encode(protocol, [{ ...fromLedger(buildError(1, own)) }]);
    expect(JSON.stringify(items)).not.toMatch(/"\$/);
  });

  it('no property takes the place of who speaks', async () => {
    const forged = { 'session.id': 'other', 'log.record.uid': 'other', 'service.name': 'other' };
    const { items, resources } = await encode(protocol, [buildEvent(1, forged)]);
    expect(byName(items[0]!.attributes)).toMatchObject({
      'session.id': { stringValue: 'session-1' },
      'log.record.uid': { stringValue: uuidOf(1) },
    });
    expect(byName(resources[0]!.resource.attributes)['service.name']).toEqual({ stringValue: 'acme' });
  });

  it('the id of an installation has its own name', async () => {
    const { items } = await encode(protocol, [buildEvent(1)], { ...SOURCE, distinctId: 'installation' });
    const names = items[0]!.attributes.map(({ key }) => key);
    expect(names).toContain('app.installation.id');
    expect(names).not.toContain('session.id');
  });

  it('a version that nobody gave is left out', async () => {
    const { resources } = await encode(protocol, [buildEvent(1)], { ...SOURCE, version: undefined });
    expect(resources[0]!.resource.attributes.map(({ key }) => key)).not.toContain('service.version');
  });

  it("the user's own OpenTelemetry has no say", async () => {
    const events = [buildEvent(1)];
    const before = (await encode(protocol, events)).body;
    for (const name of ['RESOURCE_ATTRIBUTES', 'SERVICE_NAME', 'SDK_DISABLED', 'EXPORTER_OTLP_ENDPOINT'])
      vi.stubEnv(`OTEL_${name}`, name === 'SDK_DISABLED' ? 'true' : 'service.name=evil,user.id=ada');
    vi.stubEnv('OTEL_ATTRIBUTE_COUNT_LIMIT', '0');
    vi.stubEnv('OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT', '1');
    vi.resetModules();
    const fresh = await import('../../../../src/delivery/otlp/otlp-encoder.js');
    const encoder = await fresh.createOtlpEncoder(SOURCE, protocol);
    expect(encoder.encode(events).body).toEqual(before);
  });
});

describe('a batch', () => {
  it('goes in one request for each signal, in order', async () => {
    const encoder = await createOtlpEncoder(SOURCE, 'http/json');
    const [first, second, third, fourth, fifth] = [
      buildGauge(1), buildEvent(2), buildCounter(3), buildSpan(4), buildError(5),
    ] as const; // biome-ignore format: one row
    expect(encoder.partsOf([first, second, third, fourth, fifth])).toEqual([
      [first, third],
      [second, fifth],
      [fourth],
    ]);
    expect(encoder.partsOf([second, fifth])).toEqual([[second, fifth]]);
  });
});

describe('JSON', () => {
  it.each([buildEvent, buildSpan, buildGauge, buildHistogram])(
    "holds nothing that OpenTelemetry's definitions do not know: %#",
    async (build) => {
      const { body, decoded } = await encode('http/json', [build(1, { it: [1, { a: 0.5 }] })]);
      expect(JSON.parse(body as string, withoutEmpty)).toEqual(decoded);
    },
  );

  it('says the same as protobuf, whatever the properties are', async () => {
    const json = await createOtlpEncoder(SOURCE, 'http/json');
    const protobuf = await createOtlpEncoder(SOURCE, 'http/protobuf');
    const builds = fc.constantFrom(
      buildEvent,
      buildError,
      buildSpan,
      buildGauge,
      buildCounter,
      buildHistogram,
    );
    const properties = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }));
    fc.assert(
      fc.property(builds, properties, (build, more) => {
        const event = build(1, more);
        const [one, other] = [json.encode([event]), protobuf.encode([event])];
        expect(one.signal).toBe(other.signal);
        const decoded = decodeRequest(one.signal, one.body, true);
        expect(itemsOf(decoded).map(withoutBody)).toEqual(
          itemsOf(decodeRequest(other.signal, other.body, true)).map(withoutBody),
        );
      }),
      { numRuns: 200 },
    );
  });

  /** A list without members is not told from one that is not there. */
  const withoutEmpty = (_: string, value: unknown) =>
    Array.isArray(value) && value.length === 0 ? undefined : value;

  /** One that says nothing, and none. */
  const withoutBody = ({ body, ...item }: Item) => item;
});

it('gives every event with a random uuid ids that are valid', async () => {
  const encoder = await createOtlpEncoder(SOURCE, 'http/json');
  for (let n = 0; n < 100; n += 1) {
    const event = { ...buildSpan(1), uuid: randomUUID() };
    const { body } = encoder.encode([event]);
    const [span] = itemsOf(decodeRequest('traces', body));
    expect(span).toMatchObject({
      traceId: expect.stringMatching(/^(?!0+$)[0-9a-f]{32}$/),
      spanId: expect.stringMatching(/^(?!0+$)[0-9a-f]{16}$/),
    });
  }
});

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { connectOtlp, type OtlpConfig } from '../../src/delivery/index.js';
import type { LoadEncoder } from '../../src/delivery/otlp/connection.js';
import { sendBatch } from '../../src/delivery/send-batch.js';
import type { SendResult } from '../../src/delivery/send-result.js';
import type { Outcome, Sink } from '../../src/delivery/sink.js';
import type { SanitizedEvent } from '../../src/privacy/index.js';
import { refusedUrl } from '../support/bad-server.js';
import { NO_PROXIES } from '../support/no-proxies.js';
import { answerWith, RecordingServer } from '../support/recording-server.js';
import { byName, itemsOf, resourcesOf } from '../unit/delivery/otlp/definitions.js';
import { buildError, buildEvent, buildGauge, buildSpan, SOURCE } from '../unit/delivery/otlp/events.js';
import { type OtlpReceiver, startOtlpReceiver } from './otlp-receiver.js';

const PROTOCOLS = ['http/protobuf', 'http/json'] as const;
const UNREACHABLE: SendResult = { status: 'retry', isUnreachable: true };

let receiver: OtlpReceiver;

beforeEach(async () => {
  receiver = await startOtlpReceiver('/otlp');
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await receiver[Symbol.asyncDispose]();
});

const connect = (options: Partial<OtlpConfig> = {}, load?: LoadEncoder) =>
  connectOtlp(
    {
      ...SOURCE,
      endpoint: receiver.url,
      protocol: 'http/protobuf',
      headers: {},
      requestTimeoutMs: 10_000,
      mayRequest: () => true,
      proxies: NO_PROXIES,
      compressionThresholdBytes: undefined,
      ...options,
    },
    load,
  );

async function deliver(sink: Sink, events: readonly SanitizedEvent[]) {
  const outcomes: Outcome[] = [];
  const settle = (some: readonly SanitizedEvent[], outcome: Outcome) =>
    void outcomes.push(...some.map(() => outcome));
  const { kept } = await sendBatch(events, { send: sink.send, maySend: () => true, settle });
  return { kept, outcomes };
}

const BATCH = [buildEvent(1), buildSpan(2), buildGauge(3), buildError(4)];

describe.each(PROTOCOLS)('a batch over %s', (protocol) => {
  it('goes in one request for each signal, each to its path', async () => {
    const { outcomes } = await deliver(connect({ protocol }), BATCH);
    expect(outcomes).toEqual(['sent', 'sent', 'sent', 'sent']);
    expect(receiver.requests.map(({ url }) => url)).toEqual([
      '/otlp/v1/logs',
      '/otlp/v1/traces',
      '/otlp/v1/metrics',
    ]);
    expect(receiver.received).toEqual(['acme.searched', 'acme.error', 'index.build', 'queue.length']);
  });

  it('says what it is, who speaks, and what the maker adds', async () => {
    const headers = { authorization: 'Bearer abc', 'content-type': 'text/plain' };
    await connect({ protocol, headers }).send([buildEvent(1)]);
    expect(receiver.requests[0]?.headers).toMatchObject({
      'content-type': protocol === 'http/json' ? 'application/json' : 'application/x-protobuf',
      'user-agent': expect.stringMatching(/^sotto\//),
      authorization: 'Bearer abc',
    });
  });

  it.each([
    ['above the threshold', -1, true],
    ['at the threshold', 0, false],
    ['that is not to be compressed', undefined, false],
  ])('%s: compressed %s bytes from it: %s', async (_, distance, isPacked) => {
    await connect({ protocol }).send([buildEvent(1)]);
    const size = receiver.requests[0]!.body.length;
    const compressionThresholdBytes = distance === undefined ? undefined : size + distance;
    await connect({ protocol, compressionThresholdBytes }).send([buildEvent(1)]);
    const [plain, other] = receiver.requests;
    expect(other?.headers['content-encoding']).toBe(isPacked ? 'gzip' : undefined);
    expect(other?.body).toEqual(plain?.body);
  });

  it('is the same bytes when it is sent again', async () => {
    receiver.script('traces', { status: 503 });
    const sink = connect({ protocol });
    const { kept } = await deliver(sink, BATCH);
    expect(kept).toEqual([BATCH[1]]);
    expect((await deliver(sink, kept)).outcomes).toEqual(['sent']);
    const [first, second] = receiver.requests.filter(({ signal }) => signal === 'traces');
    expect(second?.body).toEqual(first?.body);
    expect(receiver.requests.map(({ signal }) => signal)).toEqual(['logs', 'traces', 'metrics', 'traces']);
  });
});

describe('an answer', () => {
  it.each<[number, Readonly<Record<string, string>>, SendResult]>([
    [200, {}, { status: 'accepted' }],
    [202, {}, { status: 'accepted' }],
    [204, {}, { status: 'accepted' }],
    [301, { location: 'http://127.0.0.1:1/' }, UNREACHABLE],
    [307, { location: '/otlp/v1/logs' }, UNREACHABLE],
    [400, {}, { status: 'rejected' }],
    [401, {}, { status: 'rejected' }],
    [403, {}, { status: 'rejected' }],
    [404, {}, { status: 'rejected' }],
    [413, {}, { status: 'too_large' }],
    [429, { 'retry-after': '7' }, { status: 'retry', afterMs: 7_000 }],
    [429, {}, { status: 'retry' }],
    [500, {}, { status: 'retry' }],
    [502, {}, { status: 'retry' }],
    [503, { 'retry-after': '7' }, { status: 'retry', afterMs: 7_000 }],
    [504, {}, { status: 'retry' }],
  ])('%s %o is decided as one of PostHog', async (status, headers, expected) => {
    await using server = await RecordingServer.start();
    server.answer = answerWith(status, headers);
    expect(await connect({ endpoint: server.url }).send([buildEvent(1)])).toEqual(expected);
    expect(server.requests).toHaveLength(1);
  });

  it('with success in part counts as accepted, for it must not be sent again', async () => {
    const body = JSON.stringify({ partialSuccess: { rejectedLogRecords: '1', errorMessage: 'too old' } });
    receiver.script('logs', { status: 200, headers: { 'content-type': 'application/json' }, body });
    expect((await deliver(connect(), [buildEvent(1)])).outcomes).toEqual(['sent']);
  });

  it('of a receiver that has no such signal loses that one only', async () => {
    receiver.script('metrics', { status: 404 });
    const { outcomes } = await deliver(connect(), BATCH);
    expect(outcomes.sort()).toEqual(['rejected_by_server', 'sent', 'sent', 'sent']);
  });

  it('from nowhere is a reason to try again', async () => {
    expect(await connect({ endpoint: await refusedUrl() }).send([buildEvent(1)])).toEqual(UNREACHABLE);
  });
});

describe('a no', () => {
  it('that comes while the encoder is still being loaded stops the request', async () => {
    let isAllowed = true;
    const sending = connect({ mayRequest: () => isAllowed }).send([buildEvent(1)]);
    isAllowed = false;
    expect(await sending).toMatchObject({ status: 'retry' });
    expect(receiver.requests).toEqual([]);
  });

  it('by the end of the connection stops every request', async () => {
    const sink = connect();
    sink.abort();
    expect(await sink.send([buildEvent(1)])).toMatchObject({ status: 'retry' });
    expect(receiver.requests).toEqual([]);
  });
});

describe("without OpenTelemetry's package", () => {
  it('nothing is sent, events are kept, and somebody is told, until it is there', async () => {
    const onPeerMissing = vi.fn();
    const { createOtlpEncoder } = await import('../../src/delivery/otlp/otlp-encoder.js');
    let isInstalled = false;
    const load: LoadEncoder = async (config) => {
      if (!isInstalled) throw new Error("Cannot find package '@opentelemetry/otlp-transformer'");
      return createOtlpEncoder(config, config.protocol);
    };
    const sink = connect({ onPeerMissing }, load);
    expect(await deliver(sink, BATCH)).toEqual({ kept: BATCH, outcomes: [] });
    expect(onPeerMissing).toHaveBeenCalledOnce();
    expect(receiver.requests).toEqual([]);
    isInstalled = true;
    expect((await deliver(sink, BATCH)).kept).toEqual([]);
  });
});

it("hears nothing of the variables of the user's own OpenTelemetry", async () => {
  await using elsewhere = await RecordingServer.start();
  const hostile = {
    OTEL_SDK_DISABLED: 'true',
    OTEL_SERVICE_NAME: 'evil',
    OTEL_RESOURCE_ATTRIBUTES: 'service.name=evil,user.id=ada',
    OTEL_EXPORTER_OTLP_ENDPOINT: elsewhere.url,
    OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: `${elsewhere.url}/v1/logs`,
    OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${elsewhere.url}/v1/traces`,
    OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: `${elsewhere.url}/v1/metrics`,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
    OTEL_EXPORTER_OTLP_HEADERS: 'x-evil=1',
    OTEL_EXPORTER_OTLP_COMPRESSION: 'gzip',
    OTEL_EXPORTER_OTLP_TIMEOUT: '0',
    OTEL_ATTRIBUTE_COUNT_LIMIT: '0',
    OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT: '1',
    OTEL_LOG_LEVEL: 'debug',
    OTEL_TRACES_SAMPLER: 'always_off',
  };
  await deliver(connect(), BATCH);
  const before = receiver.requests.map(({ url, headers, body }) => ({ url, headers, body }));
  for (const [name, value] of Object.entries(hostile)) vi.stubEnv(name, value);
  vi.resetModules();
  const fresh: typeof import('../../src/delivery/otlp/otlp-encoder.js') = await import(
    '../../src/delivery/otlp/otlp-encoder.js'
  );
  await deliver(
    connect({}, (config) => fresh.createOtlpEncoder(config, config.protocol)),
    BATCH,
  );
  const after = receiver.requests
    .slice(before.length)
    .map(({ url, headers, body }) => ({ url, headers, body }));
  expect(after).toEqual(before);
  expect(elsewhere.requests).toEqual([]);
  expect(byName(resourcesOf(receiver.requests[0]!.decoded)[0]!.resource.attributes)['service.name']).toEqual({
    stringValue: 'acme',
  });
  expect(itemsOf(receiver.requests[0]!.decoded)).toHaveLength(2);
});

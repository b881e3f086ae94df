import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { StandardEvents } from 'sotto';
import { otlp } from 'sotto/otlp';
import { describe, expect, it } from 'vitest';
import { answerWith, RecordingServer } from '../../support/recording-server.js';
import { openWiring } from '../../support/wiring.js';

async function openOtlp(options: Parameters<typeof openWiring>[0] = {}) {
  const collector = await RecordingServer.start();
  const wiring = await openWiring({
    ...options,
    otlp: otlp({
      endpoint: collector.url,
      protocol: 'http/json',
      headers: { authorization: 'Bearer of-the-maker' },
    }),
  });
  const bodiesOf = (signal: string) =>
    collector.requests.filter(({ url }) => url === `/v1/${signal}`).map(({ text }) => text);
  return {
    ...wiring,
    collector,
    bodiesOf,
    async [Symbol.asyncDispose]() {
      await wiring[Symbol.asyncDispose]();
      await collector.close();
    },
  };
}

describe('a client that sends OTLP', () => {
  it('sends each signal to its path, with the headers of the maker, and nothing to PostHog but questions', async () => {
    await using app = await openOtlp();
    app.telemetry.capture('build_finished', { target: 'web' });
    app.telemetry.trackMetric(StandardEvents.OPERATION_LATENCY, { operation_type: 'build', duration_ms: 3 });
    await app.telemetry.track.span('build', async () => {}, { event: true });
    app.telemetry.trackError(new TypeError('build failed'));
    await app.telemetry.flush();
    expect(app.telemetry.status()).toMatchObject({
      sent: 5,
      pending: 0,
      host: app.collector.url,
      dropped: {},
    });
    expect(app.collector.requests.map(({ url }) => url).sort()).toEqual([
      '/v1/logs',
      '/v1/metrics',
      '/v1/traces',
    ]);
    for (const { headers } of app.collector.requests)
      expect(headers).toMatchObject({
        authorization: 'Bearer of-the-maker',
        'content-type': 'application/json',
      });
    expect(app.bodiesOf('logs')[0]).toContain('build_finished');
    expect(app.server.requests).toEqual([]);
    await app.telemetry.isFeatureEnabled('new_layout');
    expect(app.server.requests.map(({ url }) => url.split('?')[0])).toEqual(['/flags/']);
  });

  it('shows what leaves: preview and ledger say nothing that is for PostHog only', async () => {
    await using app = await openOtlp();
    const preview = app.telemetry.preview('build_finished', { target: 'web' });
    app.telemetry.capture('build_finished', { target: 'web' });
    await app.telemetry.flush();
    const [name = ''] = readdirSync(join(app.directory, 'ledger'));
    const lines = readFileSync(join(app.directory, 'ledger', name), 'utf8')
      .trim()
      .split('\n');
    const record = lines.map((line) => JSON.parse(line)).find(({ event }) => event === 'build_finished');
    expect(record.properties).toEqual(preview?.properties);
    expect(Object.keys(record.properties).filter((key) => key.startsWith('$'))).toEqual([]);
  });

  it('goes on with the other signals while one path is in trouble, and keeps what was for that one', async () => {
    await using app = await openOtlp({ delivery: { batchSize: 2, maxAttempts: 1 } });
    app.collector.answer = (response, request) =>
      answerWith(request.url === '/v1/metrics' ? 503 : 200)(response, request);
    for (let value = 0; value < 5; value += 1) app.telemetry.trackMetric(`depth.${value}`, value);
    await app.telemetry.flush();
    for (let number = 0; number < 5; number += 1) app.telemetry.capture('thing_done', { number });
    await app.telemetry.flush();
    const logs = app.bodiesOf('logs').join('');
    expect([...logs.matchAll(/"eventName":"thing_done"/g)]).toHaveLength(5);
    expect(app.telemetry.status()).toMatchObject({ sent: 5, pending: 5, dropped: {} });
  });
});

import { describe, expect, it } from 'vitest';
import {
  type Answer,
  answerWith,
  hangUp,
  neverAnswer,
  RecordingServer,
} from '../../support/recording-server.js';
import { openWiring } from '../../support/wiring.js';

const PASSING: readonly (readonly [string, Answer])[] = [
  ['408', answerWith(408)],
  ['429', answerWith(429)],
  ['500', answerWith(500)],
  ['502', answerWith(502)],
  ['503', answerWith(503)],
  ['a closed connection', hangUp],
  ['silence', neverAnswer],
  ['an answer that never ends', (response) => void response.writeHead(200).write('{')],
];

describe('a failure that may pass', () => {
  it.each(PASSING)('keeps the events at %s: the next request carries the same ones', async (_, answer) => {
    await using wiring = await openWiring({ delivery: { requestTimeoutMs: 1_000 } });
    const { telemetry, server } = wiring;
    server.script(answer);
    telemetry.capture('first', { n: 1 });
    telemetry.capture('second', { n: 2 });
    await telemetry.flush();
    await server.batchesArrived(1);
    expect(telemetry.status()).toMatchObject({ sent: 0, pending: 2, dropped: {} });
    await telemetry.flush();
    expect(server.batches).toHaveLength(2);
    expect(server.batches[1]?.batch).toEqual(server.batches[0]?.batch);
    expect(telemetry.status()).toMatchObject({ sent: 2, pending: 0, dropped: {} });
  });

  it('keeps the events while nobody listens, and sends them once somebody does', async () => {
    const gone = await RecordingServer.start();
    await gone.close();
    await using wiring = await openWiring({ posthog: { host: gone.url } });
    const { telemetry } = wiring;
    telemetry.capture('first');
    await telemetry.flush();
    expect(telemetry.status()).toMatchObject({ sent: 0, pending: 1, dropped: {} });
    await using back = await RecordingServer.start(Number(new URL(gone.url).port));
    await telemetry.flush();
    expect(back.messages.map(({ event }) => event)).toEqual(['first']);
  });

  it('sends the waiting events before those that were captured later', async () => {
    await using wiring = await openWiring({ delivery: { batchSize: 2 } });
    const { telemetry, server } = wiring;
    server.script(answerWith(503));
    for (const n of [1, 2, 3]) telemetry.capture('numbered', { n });
    await server.batchesArrived(1);
    await telemetry.flush();
    const sent = server.batches.slice(1).map(({ batch }) => batch.map(({ properties }) => properties.n));
    expect(sent).toEqual([[1, 2], [3]]);
  });

  it('repeats by itself, without a flush', async () => {
    await using wiring = await openWiring({ delivery: { batchSize: 1, maxAttempts: 3 } });
    wiring.server.script(answerWith(503));
    wiring.telemetry.capture('first');
    await wiring.server.batchesArrived(2);
    const [first, second] = wiring.server.requests;
    expect(second!.arrivedAtMs - first!.arrivedAtMs).toBeGreaterThan(450);
  });
});

describe('Retry-After', () => {
  const inTwoSeconds = () => new Date(Date.now() + 2_000).toUTCString();

  it.each([
    ['seconds', () => '1'],
    ['a date', inTwoSeconds],
  ])('as %s: the next request comes after it and not before', async (_, header) => {
    await using wiring = await openWiring({ delivery: { maxAttempts: 2 } });
    const { telemetry, server } = wiring;
    server.script(answerWith(429, { 'retry-after': header() }));
    telemetry.capture('first');
    await telemetry.flush();
    const [first, second] = server.requests;
    expect(second!.arrivedAtMs - first!.arrivedAtMs).toBeGreaterThan(950);
    expect(server.batches[1]?.batch).toEqual(server.batches[0]?.batch);
  });

  it.each([429, 503])(
    'of an hour with %i: neither a flush nor a full batch makes another request',
    async (status) => {
      await using wiring = await openWiring({ delivery: { batchSize: 2 } });
      const { telemetry, server } = wiring;
      server.script(answerWith(status, { 'retry-after': '3600' }));
      telemetry.capture('first');
      await telemetry.flush();
      telemetry.capture('second');
      telemetry.capture('third');
      await telemetry.flush();
      await telemetry.shutdown();
      expect(server.batches).toHaveLength(1);
      expect(telemetry.status()).toMatchObject({ pending: 0, left: 3, dropped: {} });
    },
  );
});

describe('a request that is too large', () => {
  /** Refuses batches of more than so many events. */
  const atMost =
    (size: number): Answer =>
    (response, { text }) => {
      const { batch } = JSON.parse(text) as { batch: unknown[] };
      response.writeHead(batch.length > size ? 413 : 200).end('{}');
    };

  it('goes in halves until it fits, each event once', async () => {
    await using wiring = await openWiring();
    const { telemetry, server } = wiring;
    server.answer = atMost(2);
    for (const n of [1, 2, 3, 4, 5]) telemetry.capture('numbered', { n });
    await telemetry.flush();
    const numbers = server.batches.map(({ batch }) => batch.map(({ properties }) => properties.n));
    expect(numbers).toEqual([[1, 2, 3, 4, 5], [1, 2, 3], [1, 2], [3], [4, 5]]);
    expect(telemetry.status()).toMatchObject({ sent: 5, pending: 0, dropped: {} });
  });

  it('is dropped and counted when it is a single event', async () => {
    await using wiring = await openWiring();
    wiring.server.answer = atMost(0);
    wiring.telemetry.capture('first');
    wiring.telemetry.capture('second');
    await wiring.telemetry.flush();
    expect(wiring.telemetry.status()).toMatchObject({ sent: 0, pending: 0, dropped: { too_large: 2 } });
  });
});

describe('a refusal', () => {
  it.each([400, 401, 403, 404, 422])('%i drops the events, counts them and goes on', async (status) => {
    await using wiring = await openWiring();
    const { telemetry, server } = wiring;
    server.script(answerWith(status));
    telemetry.capture('refused');
    await telemetry.flush();
    expect(telemetry.status()).toMatchObject({ pending: 0, dropped: { rejected_by_server: 1 } });
    telemetry.capture('next');
    await telemetry.flush();
    expect(server.batches[1]?.batch.map(({ event }) => event)).toEqual(['next']);
  });
});

describe('a redirect', () => {
  it.each([301, 302, 303, 307, 308])('%i is not followed, and the events are kept', async (status) => {
    await using elsewhere = await RecordingServer.start();
    await using wiring = await openWiring();
    const { telemetry, server } = wiring;
    server.script(answerWith(status, { location: `${elsewhere.url}/batch/` }));
    telemetry.capture('first');
    await telemetry.flush();
    expect(elsewhere.requests).toEqual([]);
    expect(telemetry.status()).toMatchObject({ sent: 0, pending: 1, dropped: {} });
  });
});

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connectPostHog, type PostHogConnection, toPostHogMessage } from '../../../src/delivery/index.js';
import { createRecordingFetch } from '../../../src/delivery/posthog/recording-fetch.js';
import type { SanitizedEvent } from '../../../src/privacy/index.js';
import { NO_PROXIES } from '../../support/no-proxies.js';
import { neverAnswer, RecordingServer } from '../../support/recording-server.js';
import { buildEvent } from '../../unit/delivery/build-event.js';

let server: RecordingServer;
let connection: PostHogConnection;
let isAllowed: boolean;

beforeEach(async () => {
  server = await RecordingServer.start();
  isAllowed = true;
  const mayRequest = () => isAllowed;
  connection = connectPostHog({
    key: 'phc_test',
    host: server.url,
    requestTimeoutMs: 10_000,
    mayRequest,
    proxies: NO_PROXIES,
    compressionThresholdBytes: undefined,
  });
});
afterEach(() => server.close());

describe('a no that comes while posthog-node is still being loaded', () => {
  it('stops the batch', async () => {
    const sending = connection.send([buildEvent(1)]);
    isAllowed = false;
    expect(await sending).toMatchObject({ status: 'retry' });
    expect(server.requests).toEqual([]);
  });

  it('stops the question for flags', async () => {
    const asking = connection.fetchFlags('an-id', undefined, new AbortController().signal);
    isAllowed = false;
    expect(await asking).toBeUndefined();
    expect(server.requests).toEqual([]);
  });
});

describe('an event that is complete', () => {
  it('leaves as it stands in the ledger, byte for byte, whichever version recorded it', async () => {
    const properties = { $lib_version: '0.0.1', n: 1, $lib: 'older', $geoip_disable: false };
    const event = { ...buildEvent('00000000-0000-4000-8000-000000000001', properties), isComplete: true };
    await connection.send([event as SanitizedEvent]);
    const [message] = server.messages;
    expect(JSON.stringify(message?.properties)).toBe(JSON.stringify(properties));
    expect(message).toEqual(toPostHogMessage(event as SanitizedEvent));
  });

  it('gets nothing added to it', async () => {
    await connection.send([{ ...buildEvent(1, {}), isComplete: true } as SanitizedEvent]);
    expect(server.messages[0]?.properties).toEqual({});
  });
});

describe('the end of a connection', () => {
  it('makes no request when it comes while posthog-node is still being loaded', async () => {
    const sending = connection.send([buildEvent(1)]);
    connection.abort();
    expect(await sending).toMatchObject({ status: 'retry' });
    expect(server.requests).toEqual([]);
  });

  it('makes no request afterwards', async () => {
    await connection.send([buildEvent(1)]);
    connection.abort();
    expect(await connection.send([buildEvent(1)])).toMatchObject({ status: 'retry' });
    expect(server.batches).toHaveLength(1);
  });

  it('gives up the request under way', async () => {
    server.answer = neverAnswer;
    const sending = connection.send([buildEvent(1)]);
    await server.batchesArrived(1);
    connection.abort();
    expect(await sending).toMatchObject({ status: 'retry' });
  });
});

describe('an evaluation of flags that nobody waits for any longer', () => {
  it('makes no request when it was given up before posthog-node was loaded', async () => {
    expect(await connection.fetchFlags('id', undefined, AbortSignal.abort())).toBeUndefined();
    expect(server.requests).toEqual([]);
  });

  it('is given up under way', async () => {
    const waiting = new AbortController();
    server.flags = () => waiting.abort();
    expect(await connection.fetchFlags('id', undefined, waiting.signal)).toBeUndefined();
  });

  it('does not stand in the way of the next one', async () => {
    await connection.fetchFlags('id', undefined, AbortSignal.abort());
    server.flags = (response) => response.end('{"flags":{"a":{"key":"a","enabled":true}}}');
    const flags = await connection.fetchFlags('id', undefined, new AbortController().signal);
    expect(flags?.get('a')?.value).toBe(true);
  });
});

describe('the time-out of a request', () => {
  it('holds whatever the garbage collector does meanwhile', { timeout: 30_000 }, async () => {
    setFlagsFromString('--expose-gc');
    const collectGarbage = runInNewContext('gc') as () => void;
    const { fetch, begin, lastExchange } = createRecordingFetch({
      timeoutMs: 200,
      mayRequest: () => true,
      proxies: NO_PROXIES,
      compressionThresholdBytes: undefined,
    });
    begin(new AbortController().signal);
    // The engine keeps less alive once the code is warm, and only then anything could be lost.
    for (let request = 0; request < 3_000; request += 1) await fetch(server.url, { method: 'POST' });
    server.answer = neverAnswer;
    const collecting = setInterval(collectGarbage, 20);
    await fetch(`${server.url}/batch/`, { method: 'POST' });
    clearInterval(collecting);
    expect(lastExchange().outcome).toEqual({ kind: 'failed' });
  });
});

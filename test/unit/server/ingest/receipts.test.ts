import { generateKeyPairSync } from 'node:crypto';
import { calculateJwkThumbprint, compactVerify, createLocalJWKSet, type JSONWebKeySet } from 'jose';
import { describe, expect, it } from 'vitest';
import { digestOfEvent, toReceiptRoot } from '../../../../src/privacy/index.js';
import {
  createIngestApp,
  createMemoryEventStore,
  type IngestOptions,
} from '../../../../src/server/ingest/index.js';
import { buildEvent } from './build-event.js';

const { privateKey } = generateKeyPairSync('ed25519');
const JWK = JSON.stringify(privateKey.export({ format: 'jwk' }));
const PEM = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
const NOW_MS = 1_740_830_400_900;

const createApp = (options: IngestOptions = { receiptKey: JWK }) =>
  createIngestApp({ now: () => NOW_MS, ...options });

interface Answer {
  readonly receipt?: string;
  readonly accepted?: number;
  readonly duplicates?: number;
}

async function send(app: ReturnType<typeof createApp>, text: string): Promise<Answer> {
  const headers = { 'content-type': 'application/json' };
  const response = await app.request('/batch/', { method: 'POST', headers, body: text });
  expect(response.status).toBe(200);
  return (await response.json()) as Answer;
}

const batchOf = (...batch: unknown[]) => JSON.stringify({ api_key: 'phc_test', batch });

/** What a receipt says, once its signature is checked by the keys that the app tells of. */
async function open(app: ReturnType<typeof createApp>, receipt = '') {
  const keys = (await (await app.request('/.well-known/jwks.json')).json()) as JSONWebKeySet;
  const { payload, protectedHeader } = await compactVerify(receipt, createLocalJWKSet(keys));
  return { keys, header: protectedHeader, claims: JSON.parse(Buffer.from(payload).toString()) as object };
}

describe('a receipt', () => {
  it.each([
    ['a JWK', JWK],
    ['PEM', PEM],
  ])(
    'signs with %s for the events of a request, in their order, as they were received',
    async (_what, key) => {
      const app = createApp({ receiptKey: key });
      const uuid = '0194D5E2-7C3A-7B11-9F00-ABCDEF012345';
      const events = [buildEvent({ uuid, properties: { ü: [1.5, null, { b: 1, a: 2 }] } }), buildEvent()];
      const sent = events.map((event) => ({ ...event, library: 'sotto', type: 'capture' }));
      const { receipt, ...answer } = await send(app, batchOf(...sent));
      expect(answer).toEqual({ status: 1, accepted: 2, duplicates: 0 });
      const { claims, header, keys } = await open(app, receipt);
      const root = toReceiptRoot(events.map(digestOfEvent));
      expect(claims).toEqual({ iat: 1_740_830_400, count: 2, root });
      const [{ kty, crv, x, ...others } = {} as never] = keys.keys;
      const kid = await calculateJwkThumbprint({ kty, crv, x } as never);
      expect(header).toEqual({ alg: 'EdDSA', kid, typ: 'sotto-receipt+jwt' });
      expect(others).toEqual({ kid, alg: 'EdDSA', use: 'sig' });
    },
  );

  it('is for what this request brought, also of an event that was there before', async () => {
    const app = createApp();
    const event = buildEvent();
    await send(app, batchOf(event));
    const { receipt, duplicates } = await send(app, batchOf(event));
    expect(duplicates).toBe(1);
    const { claims } = await open(app, receipt);
    expect(claims).toMatchObject({ count: 1, root: toReceiptRoot([digestOfEvent(event)]) });
  });

  it('is given for what a queue keeps', async () => {
    const app = createApp({ receiptKey: JWK, queue: { add: async () => {} } as never });
    expect((await send(app, batchOf(buildEvent()))).receipt).toBeDefined();
  });

  it('is not given without a key, nor for a number that no canonical text has', async () => {
    const withoutKey = createApp({});
    expect(await send(withoutKey, batchOf(buildEvent()))).not.toHaveProperty('receipt');
    expect(await (await withoutKey.request('/.well-known/jwks.json')).json()).toEqual({ keys: [] });
    const endless = batchOf(buildEvent()).replace('"rows":3', '"rows":1e999');
    expect(await send(createApp(), endless)).not.toHaveProperty('receipt');
  });

  it('is not given for what could not be kept', async () => {
    const store = { ...createMemoryEventStore(), add: () => Promise.reject(new Error('full')) };
    const response = await createApp({ receiptKey: JWK, store: store as never }).request('/batch/', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: batchOf(buildEvent()),
    });
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain('receipt');
  });
});

describe('the key', () => {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2_048 }).privateKey;
  it.each([
    ['no key', 'secret'],
    ['an empty text', ''],
    ['a public key', JSON.stringify({ ...JSON.parse(JWK), d: undefined })],
    ['a key of another kind', rsa.export({ format: 'pem', type: 'pkcs8' }).toString()],
    ['no text', 7 as never],
  ])('is refused when it is %s, without repeating it', (_what, receiptKey) => {
    expect(() => createApp({ receiptKey })).toThrow(
      expect.objectContaining({ code: 'OPTION_INVALID', message: expect.not.stringContaining('secret') }),
    );
  });
});

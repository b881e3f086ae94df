import { getRequestListener } from '@hono/node-server';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { type CollectorAppOptions, createCollectorApp } from '../../../../src/server/collector/app.js';
import { createVendorClient } from '../../../../src/server/collector/create-vendor-client.js';
import { createLicense } from '../../../../src/server/collector/license/index.js';
import { RepositoryError } from '../../../../src/server/db/index.js';
import { listenOn } from '../../../../src/server/http/index.js';
import { createHealthApp } from '../../../../src/server/serve/health.js';
import { findCanaries } from '../../../support/canaries.js';
import { openTestDatabase, type TestDatabase } from '../../../support/databases.js';
import {
  type Answer,
  answerWith,
  answerWithJson,
  neverAnswer,
  RecordingServer,
} from '../../../support/recording-server.js';
import { ACME } from '../../../unit/server/collector/license/acme.js';
import { callServer } from '../local-api/support.js';

const KEY = 'sotto-licence-planted-secret-key';
const TOKEN = 'internal-token-of-sixteen';
const NOW_MS = Date.parse('2026-01-11T12:00:00Z');

const LICENSE = '/internal/license';
const REFRESH = '/internal/license/refresh';
const CHECK = '/internal/entitlements/check';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase('pglite');
}, 60_000);
afterAll(() => database?.close());
beforeEach(() => database.query('TRUNCATE agent_runs, org_nodes'));

/** The API of a collector on a socket, and a vendor that does what it is told. */
async function serve(options: Partial<CollectorAppOptions> = {}, first: Answer = answerWithJson(ACME)) {
  const vendor = await RecordingServer.start();
  vendor.answer = first;
  const clock = { nowMs: NOW_MS };
  const failures: unknown[] = [];
  const { keeper, health } = createLicense({
    client: createVendorClient({
      url: vendor.url,
      licenseKey: KEY,
      timeoutMs: 60_000,
      proxyFor: () => undefined,
    }),
    ttlMs: 3_600_000,
    graceMs: 3_600_000,
    now: () => clock.nowMs,
    registry: new Registry(),
  });
  const app = createCollectorApp({
    license: keeper,
    entitlements: database.database.entitlements,
    internalApiToken: TOKEN,
    onFailure: (error) => failures.push(error),
    now: () => clock.nowMs,
    ...options,
  });
  app.route('/', createHealthApp([health]));
  const { url, stop } = await listenOn(getRequestListener(app.fetch, { overrideGlobalObjects: false }), 0);
  onTestFinished(async () => {
    await stop();
    await vendor.close();
  });
  const call = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const type = body === undefined ? {} : { 'content-type': 'application/json' };
    const sent = { authorization: `Bearer ${TOKEN}`, ...type, ...headers };
    const answer = await callServer(`${url}${path}`, { method, headers: sent, body });
    return { status: answer.status, headers: answer.headers, body: answer.json as unknown };
  };
  return {
    url,
    vendor,
    clock,
    failures,
    keeper,
    get: (path: string, headers?: Record<string, string>) => call('GET', path, undefined, headers),
    post: (path: string, body?: unknown, headers?: Record<string, string>) =>
      call('POST', path, body, headers),
    call,
  };
}

const TOLD = {
  valid: true,
  state: 'valid',
  customer_name: 'Acme Corp',
  entitlements: { max_teams: 3, max_runs_per_month: 10, features: ['sso'] },
  expires_at: '2027-01-01T00:00:00Z',
  warnings: ['Ends in a year.'],
  cached: false,
};
const UNKNOWN = {
  valid: false,
  state: 'unknown',
  customer_name: null,
  entitlements: null,
  expires_at: null,
  warnings: [expect.stringContaining('has not answered')],
  cached: false,
};

describe('the licence, for the product beside it', () => {
  it('is what the vendor says, and then what it said', async () => {
    const { get, vendor } = await serve();
    const first = await get(LICENSE);
    expect(first).toMatchObject({ status: 200, headers: { 'cache-control': 'no-store' } });
    expect(first.body).toEqual(TOLD);
    expect((await get(LICENSE)).body).toEqual({ ...TOLD, cached: true });
    expect(vendor.requests).toHaveLength(1);
  });

  it('is asked of the vendor once for a thousand who ask for it', async () => {
    const { get, vendor } = await serve();
    for (let turn = 0; turn < 10; turn += 1)
      await Promise.all(Array.from({ length: 100 }, () => get(LICENSE)));
    expect(vendor.requests).toHaveLength(1);
  });

  it('is full of nulls while nothing is known of it', async () => {
    const { get } = await serve({}, answerWith(500));
    expect(await get(LICENSE)).toMatchObject({ status: 200, body: UNKNOWN });
    expect((await get(LICENSE)).body).toEqual(UNKNOWN);
  });

  it('is not valid when the vendor refuses it', async () => {
    const { get } = await serve({}, answerWith(401));
    const invalid = { valid: false, state: 'invalid', customer_name: null, entitlements: null };
    expect((await get(LICENSE)).body).toMatchObject(invalid);
  });
});

describe('a refresh', () => {
  it('asks the vendor now', async () => {
    const { get, post, vendor } = await serve();
    await get(LICENSE);
    vendor.answer = answerWithJson({ ...ACME, valid: false });
    const told = { ...TOLD, valid: false, state: 'invalid' };
    expect(await post(REFRESH)).toMatchObject({
      status: 200,
      body: { ok: true, license: told, error: null },
    });
    expect((await get(LICENSE)).body).toEqual({ ...told, cached: true });
  });

  it('says so when the vendor does not answer', async () => {
    const { get, post, vendor } = await serve();
    await get(LICENSE);
    vendor.answer = answerWith(500);
    const { status, body } = await post(REFRESH);
    expect(status).toBe(200);
    expect(body).toEqual({
      ok: false,
      license: {
        ...TOLD,
        cached: true,
        warnings: ['Ends in a year.', expect.stringContaining('does not answer')],
      },
      error: 'The vendor service has not answered.',
    });
  });

  it('asks the vendor once in ten seconds, however many ask for it, and tells what came of that', async () => {
    const { post, vendor, clock } = await serve();
    const all = await Promise.all(Array.from({ length: 20 }, () => post(REFRESH)));
    expect(all.map(({ body }) => (body as { ok: boolean }).ok)).toEqual(Array(20).fill(true));
    clock.nowMs += 9_999;
    expect((await post(REFRESH)).body).toEqual({ ok: true, license: { ...TOLD, cached: true }, error: null });
    expect(vendor.requests).toHaveLength(1);
    clock.nowMs += 1;
    await post(REFRESH);
    expect(vendor.requests).toHaveLength(2);
  });

  it('asks again when the clock was set back', async () => {
    const { post, vendor, clock } = await serve();
    await post(REFRESH);
    clock.nowMs -= 86_400_000;
    await post(REFRESH);
    expect(vendor.requests).toHaveLength(2);
  });
});

describe('a limit, for the product beside it', () => {
  const TEAMS = { entitlement: 'max_teams' };
  const RUNS = { entitlement: 'max_runs_per_month' };
  const addTeams = async (...names: string[]) => {
    for (const name of names) await database.database.orgs.register(`org-of-${name}`, name);
  };
  const addRuns = (at: string, count: number) =>
    database.query(
      `INSERT INTO agent_runs (id, org_id, started_at) SELECT 'run-' || '${at}' || n, 'acme', '${at}' FROM generate_series(1, ${count}) n`,
    );

  it('allows teams up to it, and refuses one more with the counts of the real table', async () => {
    const { post } = await serve();
    await addTeams('one', 'two');
    expect(await post(CHECK, TEAMS)).toMatchObject({
      status: 200,
      body: { allowed: true, limit: 3, current: 2 },
    });
    await addTeams('three');
    const refused = await post(CHECK, TEAMS);
    expect(refused.headers['content-type']).toBe('application/problem+json');
    expect(refused.status).toBe(403);
    expect(refused.body).toEqual({
      type: 'about:blank',
      title: 'Forbidden',
      status: 403,
      code: 'ENTITLEMENT_EXCEEDED',
      detail: 'The licence allows 3, and there are 3.',
      limit: 3,
      current: 3,
    });
  });

  it('allows runs of this month up to it', async () => {
    const { post, clock } = await serve();
    await addRuns('2025-12-31T23:59:59Z', 20);
    await addRuns('2026-01-01T00:00:00Z', 9);
    expect((await post(CHECK, RUNS)).body).toEqual({ allowed: true, limit: 10, current: 9 });
    await addRuns('2026-01-10T00:00:00Z', 1);
    expect(await post(CHECK, RUNS)).toMatchObject({ status: 403, body: { limit: 10, current: 10 } });
    clock.nowMs = Date.parse('2026-02-01T00:00:00Z');
    expect((await post(CHECK, RUNS)).body).toEqual({ allowed: true, limit: 10, current: 0 });
  });

  it('of -1 is none', async () => {
    const entitlements = { ...ACME.entitlements, max_teams: -1 };
    const { post } = await serve({}, answerWithJson({ ...ACME, entitlements }));
    await addTeams('one', 'two', 'three', 'four');
    expect(await post(CHECK, TEAMS)).toMatchObject({
      status: 200,
      body: { allowed: true, limit: -1, current: 4 },
    });
  });

  it('may be a feature', async () => {
    const { post } = await serve();
    expect(await post(CHECK, { feature: 'sso' })).toMatchObject({
      status: 200,
      body: { allowed: true, limit: null, current: null },
    });
    expect(await post(CHECK, { feature: 'audit' })).toMatchObject({
      status: 403,
      body: { code: 'ENTITLEMENT_EXCEEDED', limit: null, current: null },
    });
  });

  it('allows nothing while the licence is invalid, or nothing is known of it', async () => {
    const invalid = await serve({}, answerWith(403));
    expect(await invalid.post(CHECK, TEAMS)).toMatchObject({
      status: 403,
      body: { code: 'LICENSE_INACTIVE' },
    });
    const unknown = await serve({}, answerWith(500));
    expect(await unknown.post(CHECK, TEAMS)).toMatchObject({
      status: 502,
      body: { code: 'UPSTREAM_UNAVAILABLE' },
    });
  });

  it('holds on while the vendor is away, until the grace is over', async () => {
    const { post, vendor, clock } = await serve();
    await post(CHECK, TEAMS);
    vendor.answer = answerWith(500);
    clock.nowMs += 7_199_999;
    expect(await post(CHECK, TEAMS)).toMatchObject({ status: 200 });
    clock.nowMs += 1;
    expect(await post(CHECK, TEAMS)).toMatchObject({ status: 502 });
  });

  it('waits for a vendor that hangs no longer than it is told, and holds on meanwhile', async () => {
    const { get, post, vendor, clock } = await serve({ vendorWaitMs: 50 });
    await post(CHECK, TEAMS);
    vendor.answer = neverAnswer;
    clock.nowMs += 3_600_000;
    for (const _ of [1, 2, 3]) {
      expect(await post(CHECK, TEAMS)).toMatchObject({ status: 200 });
      expect(await get(LICENSE)).toMatchObject({ body: { state: 'valid', cached: true } });
    }
    expect(vendor.requests).toHaveLength(2);
    clock.nowMs += 3_600_000;
    expect(await post(CHECK, TEAMS)).toMatchObject({ status: 502 });
  });

  it('is not known while the database is away', async () => {
    const away = async () => {
      throw new RepositoryError('DATABASE_UNAVAILABLE', 'The database does not answer.');
    };
    const { post, failures } = await serve({ entitlements: { countTeams: away, countRuns: away } });
    expect(await post(CHECK, TEAMS)).toMatchObject({ status: 503, body: { code: 'DATABASE_UNAVAILABLE' } });
    expect(failures).toHaveLength(1);
    expect(await post(CHECK, { feature: 'sso' })).toMatchObject({ status: 200 });
  });

  it('leaves no count for the vendor', async () => {
    const { post, vendor } = await serve();
    await addTeams('one');
    await post(CHECK, TEAMS);
    await post(CHECK, { feature: 'sso' });
    expect(vendor.requests.map(({ url, text }) => [url, text])).toEqual([['/validate-license', '{}']]);
  });

  it.each([
    ['not JSON', '{', 400, 'REQUEST_INVALID'],
    ['a list', [], 422, 'REQUEST_UNPROCESSABLE'],
    ['an empty object', {}, 422, 'REQUEST_UNPROCESSABLE'],
    ['a limit that there is none of', { entitlement: 'max_planets' }, 422, 'REQUEST_UNPROCESSABLE'],
    ['two questions', { ...TEAMS, feature: 'sso' }, 422, 'REQUEST_UNPROCESSABLE'],
    ['too long', { feature: 'x'.repeat(2_000) }, 413, 'REQUEST_TOO_LARGE'],
  ])('is not told to a body that is %s', async (_, body, status, code) => {
    const { post, vendor } = await serve();
    expect(await post(CHECK, body)).toMatchObject({ status, body: { code } });
    expect(vendor.requests).toEqual([]);
  });

  it('is not told to a body of another type', async () => {
    const { post } = await serve();
    const answered = await post(CHECK, TEAMS, { 'content-type': 'text/plain' });
    expect(answered).toMatchObject({ status: 415, body: { code: 'REQUEST_UNSUPPORTED' } });
  });
});

const ROUTES = [
  ['GET', LICENSE],
  ['POST', REFRESH],
  ['POST', CHECK],
  ['GET', '/internal'],
  ['GET', '/internal/anything'],
] as const;

describe('whoever has no token', () => {
  it.each(ROUTES)('is refused at %s %s, and the vendor is not asked', async (method, path) => {
    const { call, vendor } = await serve();
    for (const authorization of ['', 'Bearer', `Bearer ${TOKEN}x`, `Basic ${TOKEN}`, `Bearer ${KEY}`]) {
      const answered = await call(method, path, undefined, { authorization });
      expect(answered).toMatchObject({ status: 401, body: { code: 'REQUEST_UNAUTHORIZED' } });
      expect(answered.headers['www-authenticate']).toBe('Bearer');
    }
    expect(vendor.requests).toEqual([]);
  });

  it('is answered where there is none, as a program of this machine', async () => {
    const { get } = await serve({ internalApiToken: undefined });
    expect(await get(LICENSE, { authorization: '' })).toMatchObject({ status: 200, body: TOLD });
  });

  it.each([
    ['a name that leads here', { host: 'rebound.example' }],
    ['a page of the internet', { origin: 'https://elsewhere.example' }],
    ['another site', { 'sec-fetch-site': 'cross-site' }],
  ])('is refused where there is none, as %s', async (_, headers) => {
    const { get, vendor } = await serve({ internalApiToken: undefined });
    expect(await get(LICENSE, headers)).toMatchObject({ status: 403, body: { code: 'REQUEST_FORBIDDEN' } });
    expect(vendor.requests).toEqual([]);
  });
});

describe('other methods and paths', () => {
  it.each([
    ['POST', LICENSE, 'GET, HEAD'],
    ['GET', REFRESH, 'POST'],
    ['DELETE', CHECK, 'POST'],
  ])('%s %s is refused with what is allowed', async (method, path, allow) => {
    const { call } = await serve();
    const answered = await call(method, path);
    expect(answered).toMatchObject({ status: 405, body: { code: 'REQUEST_METHOD_NOT_ALLOWED' } });
    expect(answered.headers.allow).toBe(allow);
  });

  it('there is nothing else', async () => {
    const { get } = await serve();
    expect(await get('/internal/nothing')).toMatchObject({
      status: 404,
      body: { code: 'REQUEST_NOT_FOUND' },
    });
  });
});

describe('whoever watches over the process', () => {
  it('asks no vendor, and learns neither the key nor the customer', async () => {
    const { get, vendor, keeper, clock } = await serve();
    await keeper.read();
    clock.nowMs += 86_400_000;
    const seen: unknown[] = [];
    for (let probe = 0; probe < 50; probe += 1)
      seen.push((await get('/health')).body, (await get('/ready')).body);
    expect(vendor.requests).toHaveLength(1);
    expect(seen.at(-1)).toEqual({
      status: 'degraded',
      parts: { license: { status: 'degraded', state: 'unknown', expires_at: null, cached: false } },
    });
    expect(findCanaries(JSON.stringify(seen), { key: KEY, customer: 'Acme Corp' })).toEqual([]);
  });
});

it('tells nobody the key, whatever is asked', async () => {
  const { get, post, vendor, failures } = await serve();
  const seen: unknown[] = [];
  for (const way of [answerWithJson(ACME), answerWith(401), answerWith(500)]) {
    vendor.answer = way;
    seen.push(await post(REFRESH), await get(LICENSE), await post(CHECK, { feature: 'sso' }));
  }
  expect(findCanaries(JSON.stringify([seen, failures.map(String)]), { key: KEY })).toEqual([]);
});

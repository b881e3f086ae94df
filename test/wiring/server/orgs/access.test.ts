import { describe, expect, it } from 'vitest';
import { ask, get, put, SETTINGS, useServedOrgs } from './support.js';

const served = useServedOrgs('postgresql');
const OFF = { telemetry_enabled: false };
const ON = { telemetry_enabled: true };

/** What the service that trusts headers would believe. */
const asOther = { 'x-org-id': 'victim', 'x-team-node-id': 'team_victim' };

const rows = (orgId: string) => served.query(`SELECT * FROM org_settings WHERE org_id = '${orgId}'`);

describe('without a good token', () => {
  it.each([
    ['no token at all', undefined, {}],
    ['headers that name an organisation', undefined, asOther],
    ['a token nobody made', `tok_0123456789abcdef.${'A'.repeat(43)}`, {}],
    ['a token nobody made, and headers', `tok_0123456789abcdef.${'A'.repeat(43)}`, asOther],
    ['a text that is no token', 'letmein', asOther],
  ])('%s: 401, and nothing is changed', async (_, token, headers) => {
    await served.database.orgs.register('victim', 'team_victim');
    for (const answered of [await get(served, token, headers), await put(served, token, OFF, headers)]) {
      expect(answered).toMatchObject({ status: 401, body: { status: 401, code: 'REQUEST_UNAUTHORIZED' } });
      expect(answered.headers.get('www-authenticate')).toBe('Bearer');
      expect(answered.headers.get('content-type')).toBe('application/problem+json');
      expect(answered.headers.get('cache-control')).toBe('no-store');
    }
    expect(await rows('victim')).toEqual([]);
  });

  it('a revoked and an expired one open nothing, with headers or without', async () => {
    const revoked = await served.createToken({ orgId: 'past' });
    const expired = await served.createToken({ orgId: 'past', expiresAtMs: Date.now() - 1 });
    expect(await get(served, revoked)).toMatchObject({ status: 200 });
    await served.database.tokens.revoke(revoked.split('.')[0] ?? '');
    for (const token of [revoked, expired]) {
      expect(await get(served, token, { 'x-org-id': 'past' })).toMatchObject({ status: 401 });
      expect(await put(served, token, OFF, { 'x-org-id': 'past' })).toMatchObject({ status: 401 });
    }
    expect(await rows('past')).toEqual([]);
  });

  it.each(['Basic', 'Token', 'Bearerx', ''])('the scheme %j opens nothing', async (scheme) => {
    const token = await served.createToken({ orgId: 'schemes' });
    const answered = await get(served, undefined, { authorization: `${scheme} ${token}` });
    expect(answered.status).toBe(401);
  });
});

describe('a token that may read', () => {
  it('sees the answer, and cannot change it', async () => {
    const token = await served.createToken({ orgId: 'readers', teamNodeId: 'team_r', scope: 'read' });
    expect(await get(served, token)).toMatchObject({ status: 200, body: { org_id: 'readers', ...ON } });
    for (const body of [OFF, ON, 'no json'])
      expect(await put(served, token, body)).toMatchObject({
        status: 403,
        body: { code: 'REQUEST_FORBIDDEN' },
      });
    expect(await rows('readers')).toEqual([]);
  });

  it('is told whose it is, and what it opens', async () => {
    const token = await served.createToken({ orgId: 'readers', teamNodeId: 'team_r', scope: 'read' });
    expect(await ask(`${served.url}/api/v1/config/me`, token)).toMatchObject({
      status: 200,
      body: { org_id: 'readers', team_node_id: 'team_r', scope: 'read', telemetry_stopped: false },
    });
  });
});

describe('a token of one organisation', () => {
  it.each([
    ['a header', { 'x-org-id': 'theirs', 'x-team-node-id': 'team_theirs' }, '', OFF],
    ['a query', {}, '?org_id=theirs&org=theirs', OFF],
    ['a member of the body', {}, '', { ...OFF, org_id: 'theirs' }],
    [
      'another way to say the method',
      { 'x-http-method-override': 'PUT', 'x-original-url': '/theirs' },
      '',
      OFF,
    ],
  ])('never reaches another one by %s', async (_, headers, search, body) => {
    await served.createToken({ orgId: 'theirs' });
    const token = await served.createToken({ orgId: 'ours', teamNodeId: 'team_ours' });
    const read = await ask(`${served.url}${SETTINGS}${search}`, token, { headers });
    expect(read).toMatchObject({ status: 200, body: { org_id: 'ours' } });
    const written = await ask(`${served.url}${SETTINGS}${search}`, token, { method: 'PUT', body, headers });
    if (written.status === 200) expect(written.body).toMatchObject({ org_id: 'ours' });
    else expect(written.status).toBe(422);
    expect(await rows('theirs')).toEqual([]);
  });

  it('has no other one in its paths', async () => {
    const token = await served.createToken({ orgId: 'ours' });
    for (const path of [
      '/api/v1/config/theirs/org-settings',
      `${SETTINGS}/theirs`,
      '/api/v1/config/me/../theirs',
    ])
      expect(await ask(`${served.url}${path}`, token)).toMatchObject({
        status: 404,
        body: { code: 'REQUEST_NOT_FOUND' },
      });
  });
});

describe('an organisation', () => {
  it.each(['münchen/日本 😀', 'x'.repeat(64), '😀'.repeat(64), "o'brien; DROP TABLE org_settings"])(
    'may be called %s',
    async (orgId) => {
      const token = await served.createToken({ orgId });
      expect(await put(served, token, OFF)).toMatchObject({ status: 200, body: { org_id: orgId, ...OFF } });
      expect(await get(served, token)).toMatchObject({ status: 200, body: { org_id: orgId, ...OFF } });
    },
  );

  it('that is no more is not found, and not made again', async () => {
    const token = await served.createToken({ orgId: 'gone' });
    await served.query("DELETE FROM org_nodes WHERE org_id = 'gone'");
    for (const answered of [
      await get(served, token),
      await put(served, token, OFF),
      await put(served, token, OFF, { 'if-match': '"0"' }),
      await ask(`${served.url}/api/v1/config/me`, token),
      await ask(`${served.url}${SETTINGS}/changes`, token),
    ])
      expect(answered).toMatchObject({ status: 404, body: { code: 'ORG_NOT_FOUND' } });
    expect(await rows('gone')).toEqual([]);
    expect(await served.query("SELECT * FROM org_nodes WHERE org_id = 'gone'")).toEqual([]);
  });
});

describe('other methods and paths', () => {
  it.each(['POST', 'PATCH', 'DELETE'])('%s is refused with what is allowed', async (method) => {
    const token = await served.createToken({ orgId: 'methods' });
    const answered = await ask(`${served.url}${SETTINGS}`, token, { method });
    expect(answered).toMatchObject({ status: 405, body: { code: 'REQUEST_METHOD_NOT_ALLOWED' } });
    expect(answered.headers.get('allow')).toBe('GET, HEAD, PUT');
  });

  it('HEAD is GET without a body', async () => {
    const token = await served.createToken({ orgId: 'methods' });
    const head = await ask(`${served.url}${SETTINGS}`, token, { method: 'HEAD' });
    expect(head).toMatchObject({ status: 200, body: undefined });
    expect(head.headers.get('etag')).toBe((await get(served, token)).headers.get('etag'));
  });
});

it('tells who guesses to wait, and hears a no all the while', async () => {
  const token = await served.createToken({ orgId: 'guessed' });
  const guesses = Array.from({ length: 60 }, (_, at) =>
    get(served, `tok_0123456789abcdef.${String(at).padStart(43, 'A')}`),
  );
  const answer = put(served, token, OFF);
  const refused = await Promise.all(guesses);
  expect(await answer).toMatchObject({ status: 200, body: OFF });
  const limited = refused.filter(({ status }) => status === 429);
  expect(limited.length).toBeGreaterThan(0);
  expect(limited[0]?.body).toMatchObject({ code: 'REQUEST_RATE_LIMITED' });
  expect(Number(limited[0]?.headers.get('retry-after'))).toBeGreaterThan(0);
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OrgTokenRepository } from '../../src/server/db/index.js';
import { DATABASE_KINDS, openTestDatabase, type TestDatabase } from '../support/databases.js';

const START_MS = Date.UTC(2026, 0, 1);

describe.each(DATABASE_KINDS)('tokens in %s', (kind) => {
  let nowMs = START_MS;
  let test: TestDatabase;
  let tokens: OrgTokenRepository;
  beforeAll(async () => {
    test = await openTestDatabase(kind, () => nowMs);
    tokens = test.database.tokens;
  });
  afterAll(() => test.close());

  it('open what they were made for, and make organisation and team known', async () => {
    const { token, text } = await tokens.create({ orgId: 'acme', teamNodeId: 'team_a', scope: 'admin' });
    expect(text).toMatch(/^tok_[0-9a-f]{16}\.[A-Za-z0-9_-]{43}$/);
    expect(token).toEqual({
      tokenId: text.split('.')[0],
      orgId: 'acme',
      teamNodeId: 'team_a',
      scope: 'admin',
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/),
      expiresAt: null,
      revokedAt: null,
    });
    expect(await tokens.verify(text)).toEqual(token);
    expect(await test.database.orgs.read('acme')).toMatchObject({ orgId: 'acme' });
    expect(
      await test.query(`SELECT node_id, node_type FROM org_nodes WHERE org_id = 'acme' ORDER BY node_id`),
    ).toEqual([
      { node_id: 'acme', node_type: 'org' },
      { node_id: 'team_a', node_type: 'team' },
    ]);
  });

  it('say of which organisation they are, though teams have the same name', async () => {
    const first = await tokens.create({ orgId: 'org-a', teamNodeId: 'same', scope: 'admin' });
    const second = await tokens.create({ orgId: 'org-b', teamNodeId: 'same', scope: 'admin' });
    expect(await tokens.verify(first.text)).toMatchObject({ orgId: 'org-a', teamNodeId: 'same' });
    expect(await tokens.verify(second.text)).toMatchObject({ orgId: 'org-b', teamNodeId: 'same' });
    expect((await tokens.list('org-a')).map(({ orgId }) => orgId)).toEqual(['org-a']);
  });

  it('open nothing with the secret of another one, nor changed in any place', async () => {
    const [first, second] = await Promise.all([
      tokens.create({ orgId: 'org-a', teamNodeId: null, scope: 'admin' }),
      tokens.create({ orgId: 'org-b', teamNodeId: null, scope: 'read' }),
    ]);
    const [id, secret] = first.text.split('.') as [string, string];
    const [otherId, otherSecret] = second.text.split('.') as [string, string];
    const last = secret.at(-1);
    // Of the last digit, base64 reads some bits only: another one may stand for the same bytes.
    const similar = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_']
      .filter((digit) => digit !== last)
      .map((digit) => `${id}.${secret.slice(0, -1)}${digit}`);
    const wrong = [
      `${id}.${otherSecret}`,
      `${otherId}.${secret}`,
      `tok_0000000000000000.${secret}`,
      ...similar,
      `${first.text} `,
      `${first.text}\n`,
      first.text.toUpperCase(),
      id,
      `${id}.`,
      `.${secret}`,
      '',
      '\u0000',
      'x'.repeat(100_000),
    ];
    const opened = await Promise.all(wrong.map((text) => tokens.verify(text)));
    expect(opened.filter((token) => token !== undefined)).toEqual([]);
    expect(await tokens.verify(first.text)).toEqual(first.token);
  });

  it('open nothing once they are revoked', async () => {
    const { token, text } = await tokens.create({ orgId: 'acme', teamNodeId: null, scope: 'read' });
    expect(await tokens.revoke(token.tokenId)).toBe(true);
    expect(await tokens.verify(text)).toBeUndefined();
    expect(await tokens.revoke(token.tokenId)).toBe(false);
    expect(await tokens.revoke('tok_0000000000000000')).toBe(false);
    const listed = (await tokens.list()).find(({ tokenId }) => tokenId === token.tokenId);
    expect(listed?.revokedAt).toMatch(/Z$/);
  });

  it('open nothing from the moment at which they expire', async () => {
    const expiresAtMs = START_MS + 60_000;
    const { token, text } = await tokens.create({
      orgId: 'acme',
      teamNodeId: null,
      scope: 'read',
      expiresAtMs,
    });
    expect(token.expiresAt).toBe('2026-01-01T00:01:00.000000Z');
    nowMs = expiresAtMs - 1;
    expect(await tokens.verify(text)).toEqual(token);
    nowMs = expiresAtMs;
    expect(await tokens.verify(text)).toBeUndefined();
    nowMs = START_MS;
  });

  it('are listed by organisation and age, without anything that opens', async () => {
    await tokens.create({ orgId: 'Zulu', teamNodeId: null, scope: 'read' });
    const { token, text } = await tokens.create({ orgId: 'listed', teamNodeId: null, scope: 'read' });
    const later = await tokens.create({ orgId: 'listed', teamNodeId: null, scope: 'admin' });
    expect(await tokens.list('listed')).toEqual([token, later.token]);
    const all = await tokens.list();
    expect(all.map(({ orgId }) => orgId)).toEqual([...all.map(({ orgId }) => orgId)].sort());
    expect(JSON.stringify(all)).not.toContain(text.split('.')[1]);
    expect(JSON.stringify(all)).not.toMatch(/salt|hash/i);
  });

  it('leave no secret in the database', async () => {
    const texts = await Promise.all(
      Array.from({ length: 5 }, () => tokens.create({ orgId: 'dumped', teamNodeId: null, scope: 'admin' })),
    );
    const [dump] = await test.query('SELECT json_agg(row_to_json(org_tokens))::text AS text FROM org_tokens');
    const [salts] = await test.query(
      `SELECT count(DISTINCT salt)::integer AS salts, count(DISTINCT secret_hash)::integer AS hashes
       FROM org_tokens WHERE org_id = 'dumped'`,
    );
    for (const { text } of texts) {
      const secret = text.split('.')[1] ?? '';
      const spellings = [
        secret,
        Buffer.from(secret, 'base64url').toString('hex'),
        Buffer.from(secret).toString('hex'),
      ];
      for (const spelling of spellings) expect(dump?.text).not.toContain(spelling);
    }
    expect(salts).toEqual({ salts: 5, hashes: 5 });
  });
});

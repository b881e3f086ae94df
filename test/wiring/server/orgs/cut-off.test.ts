import { expect, it } from 'vitest';
import { openDatabase } from '../../../../src/server/db/index.js';
import { createOrgsApp } from '../../../../src/server/orgs/index.js';
import { createPostgres } from '../../../support/postgres.js';
import { startTcpProxy } from '../../../support/tcp-proxy.js';
import { SETTINGS } from './support.js';

it.each(['refused', 'hung'] as const)(
  'while the database is %s, every request is answered with 503 in seconds, and with what holds once it is back',
  async (how) => {
    await using postgres = await createPostgres();
    const url = new URL(postgres.url);
    await using link = await startTcpProxy(Number(url.port || 5432));
    url.port = String(link.port);
    url.password = 'hunter2';
    await using database = await openDatabase({ url: url.href });
    const failures: Error[] = [];
    const app = createOrgsApp({
      database,
      enabledByDefault: true,
      minGroup: 3,
      heartbeatIntervalSeconds: 300,
      onFailure: (error) => failures.push(error as Error),
    });
    const { text: token } = await database.tokens.create({ orgId: 'acme', teamNodeId: null, scope: 'admin' });
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const put = (telemetryEnabled: boolean) =>
      app.request(SETTINGS, {
        method: 'PUT',
        headers,
        body: JSON.stringify({ telemetry_enabled: telemetryEnabled }),
      });
    expect((await put(false)).status).toBe(200);

    await (how === 'refused' ? link.cut() : link.hang());
    const startedMs = performance.now();
    const answers = await Promise.all([app.request(SETTINGS, { headers }), put(true), put(false)]);
    expect(performance.now() - startedMs).toBeLessThan(15_000);
    for (const answer of answers) {
      expect(answer.status).toBe(503);
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
      const told = await answer.text();
      expect(JSON.parse(told)).toMatchObject({ status: 503, code: 'DATABASE_UNAVAILABLE' });
      expect(told).not.toMatch(/127\.0\.0\.1|hunter2|sotto_test|postgres:|ECONN|\bat /);
    }
    expect(failures).toHaveLength(answers.length);
    for (const failure of failures)
      expect(`${failure.stack}${failure.cause}`).not.toMatch(/hunter2|sotto_test_/);

    await link.restore();
    await expect
      .poll(async () => (await app.request(SETTINGS, { headers })).json(), { timeout: 15_000 })
      .toMatchObject({ org_id: 'acme', telemetry_enabled: false });
  },
  60_000,
);

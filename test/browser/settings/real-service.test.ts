import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../../src/server/db/index.js';
import { createOrgsApp } from '../../../src/server/orgs/index.js';
import { createConfigUpstream, createWebApp } from '../../../src/server/web/index.js';
import { createPostgres, type TestPostgres } from '../../support/postgres.js';
import { launchChromium, openPage } from '../support/chromium.js';
import { signIn } from '../support/open-signed-in.js';
import { type Served, serveApp } from '../support/serve.js';
import { toSettingsForm } from './open-settings.js';

let browser: Browser;
let postgres: TestPostgres;
let database: Database;
let config: Served;
let web: Served;

beforeAll(async () => {
  browser = await launchChromium();
  postgres = await createPostgres();
  database = await openDatabase({ url: postgres.url });
  // In another process, as far as the pages can tell.
  config = await serveApp(
    createOrgsApp({ database, enabledByDefault: true, minGroup: 3, heartbeatIntervalSeconds: 60 }),
  );
  const { app } = createWebApp({
    configService: createConfigUpstream(config.url),
    schedule: { heartbeatIntervalSeconds: 300, analyticsHourUtc: 2 },
  });
  web = await serveApp(app);
});

afterAll(async () => {
  await web[Symbol.asyncDispose]();
  await config[Symbol.asyncDispose]();
  await database.close();
  await postgres.drop();
  await browser.close();
});

const tokenOf = async (orgId: string, teamNodeId: string | null, scope: 'read' | 'admin' = 'admin') =>
  (await database.tokens.create({ orgId, teamNodeId, scope })).text;

async function openAs(token: string) {
  const watched = await openPage(browser);
  await signIn(watched.page, web.url, toSettingsForm(token));
  return watched;
}

it('keeps what somebody switches in the database, with who it was', async () => {
  const { page, context, complaints } = await openAs(await tokenOf('extend', 'team_abc123'));
  await page.getByText('This organisation has not decided yet: this is the default.').waitFor();
  await page.getByRole('switch').click();
  await page.getByText('Saved: telemetry is off.').waitFor();
  expect(await page.locator('[data-part=changes] tbody tr').allTextContents()).toEqual([
    expect.stringMatching(/UTCteam_abc123Switched off, for the first time$/),
  ]);
  expect(
    await postgres.query("SELECT telemetry_enabled, updated_by FROM org_settings WHERE org_id = 'extend'"),
  ).toEqual([{ telemetry_enabled: false, updated_by: 'team_abc123' }]);
  expect(complaints).toEqual([]);
  await context.close();
});

it('shows what the operator writes into the database by hand, and refuses to overwrite it unseen', async () => {
  const { page, context } = await openAs(await tokenOf('by-hand', 'team_one'));
  await page.getByRole('switch').waitFor();
  await postgres.query(
    "INSERT INTO org_settings (org_id, telemetry_enabled) VALUES ('by-hand', false) ON CONFLICT (org_id) DO UPDATE SET telemetry_enabled = false",
  );
  await page.getByRole('switch').click();
  await page.getByText('has changed it meanwhile').waitFor();
  expect(await page.getByRole('switch').getAttribute('aria-checked')).toBe('false');
  await context.close();
});

it('shows the stop of the operator at once, and no way past it', async () => {
  const token = await tokenOf('stopped', null);
  const { page, context } = await openAs(token);
  await page.getByRole('switch').waitFor();
  await database.orgs.stopAll('operator');
  await page.getByRole('switch').click();
  await page.getByRole('heading', { name: 'Stopped by the operator' }).waitFor();
  await page.getByText('The operator has stopped telemetry meanwhile.').waitFor();
  expect(await page.getByRole('switch').count()).toBe(0);
  expect(await page.getByText('Nothing would be sent.', { exact: true }).count()).toBe(2);
  await database.orgs.resumeAll('operator');
  await page.reload();
  await page.getByRole('switch').waitFor();
  await context.close();
});

it('shows and changes the organisation of the token alone', async () => {
  const other = await tokenOf('other-org', 'team_two');
  await openAs(other).then(({ context }) => context.close());
  const { page, context } = await openAs(await tokenOf("org <b>&'ü\u202e", 'team_abc123'));
  await page.getByRole('switch').click();
  await page.getByText('Saved:').waitFor();
  expect(await database.orgs.read('other-org')).toMatchObject({ answer: undefined });
  expect(await page.locator('[data-part=caller]').textContent()).toContain("org <b>&'ü\u202e");
  await context.close();
});

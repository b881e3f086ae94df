import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../support/chromium.js';
import { openSettings } from './open-settings.js';
import { ADMIN, problem, READER, type SettingsService } from './settings-service.js';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

const json = (value: unknown) => () => Response.json(value);
const CLAIMS = /telemetry is (?:on|off)|no data is|data is being/i;

/** Everything that makes the state unknown, by what the service answers. */
const UNKNOWN: Record<string, (service: SettingsService) => void> = {
  'the service answers 502': ({ instead }) => instead.set('*', () => problem(502, 'down')),
  'the service answers 503': ({ instead }) => instead.set('GET /org-settings', () => problem(503, 'down')),
  'the service answers what is not JSON': ({ instead }) =>
    instead.set('GET /org-settings', () => new Response('<html>')),
  'the service answers another JSON': ({ instead }) =>
    instead.set('GET /org-settings', json({ detail: 'x' })),
  'the state is a string': ({ instead, settings }) =>
    instead.set('GET /org-settings', json({ ...settings, telemetry_enabled: 'false' })),
  'the state is null': ({ instead, settings }) =>
    instead.set('GET /org-settings', json({ ...settings, telemetry_enabled: null })),
  'the state is missing': ({ instead }) =>
    instead.set('GET /org-settings', json({ org_id: 'extend', updated_at: null, updated_by: null })),
  'the answer is of another organisation': ({ instead, settings }) =>
    instead.set('GET /org-settings', json({ ...settings, org_id: 'other' })),
  'it is not known whose token it is': ({ instead }) => instead.set('GET ', () => problem(500, 'broken')),
  'the service breaks': ({ instead }) =>
    instead.set('GET /org-settings', () => {
      throw new Error('broken');
    }),
};

describe('an unknown state', () => {
  it.each(Object.entries(UNKNOWN))('is shown as unknown when %s', async (_title, prepare) => {
    await using settings = await openSettings(browser, { prepare });
    const { page, service } = settings;
    await page.getByRole('heading', { name: 'It is not known whether data is sent' }).waitFor();
    expect(await page.getByRole('switch').count()).toBe(0);
    expect(await page.locator('main form, main button, main input').count()).toBe(0);
    expect(await page.locator('[data-part=state]').textContent()).not.toMatch(CLAIMS);

    service.instead.clear();
    await page.getByRole('link', { name: 'Try again' }).click();
    await page.getByRole('switch').waitFor();
    expect(service.puts).toEqual([]);
  });

  it('asks to sign in again when the token is not valid any more', async () => {
    await using settings = await openSettings(browser, { prepare: ({ tokens }) => tokens.delete(ADMIN) });
    await settings.page.getByLabel('Token').waitFor();
    expect(new URL(settings.page.url()).pathname).toBe('/settings/sign-in');
    expect(await settings.context.cookies()).toEqual([]);
  });
});

describe('other states', () => {
  it('shows the state in words and no control to a token that may only look', async () => {
    await using settings = await openSettings(browser, { token: READER });
    const { page } = settings;
    expect(await page.getByRole('heading', { name: 'Telemetry is on' }).count()).toBe(1);
    expect(await page.getByText("Somebody with an admin's token").count()).toBe(1);
    expect(await page.locator('main form, main button').count()).toBe(0);
  });

  it('shows the stop of the operator, and no switch', async () => {
    await using settings = await openSettings(browser, {
      prepare: (service) => {
        service.settings = { ...service.settings, telemetry_enabled: false };
        for (const [token, caller] of service.tokens)
          service.tokens.set(token, { ...caller, telemetry_stopped: true });
        service.next = {
          ...service.next,
          sends: false,
          reason: 'stopped',
          reports: service.next.reports.map((report) => ({ ...report, payload: null })),
        };
      },
    });
    const { page } = settings;
    expect(await page.getByRole('heading', { name: 'Stopped by the operator' }).count()).toBe(1);
    expect(await page.locator('main form, main button').count()).toBe(0);
    expect(await page.getByText('Nothing would be sent.', { exact: true }).count()).toBe(2);
  });

  it('says that the default holds while nobody has decided', async () => {
    await using settings = await openSettings(browser, {
      prepare: (service) => {
        service.settings = { ...service.settings, updated_at: null, updated_by: null };
        service.changes = [];
        service.sent = { reports: [] };
      },
    });
    const { page } = settings;
    expect(await page.getByText('This organisation has not decided yet: this is the default.').count()).toBe(
      1,
    );
    expect(await page.getByText('Nobody has switched yet: the default holds.').count()).toBe(1);
    expect(await page.getByText('Nothing has been sent yet.').count()).toBe(1);
  });

  it('shows the exact next payloads, and what was sent', async () => {
    await using settings = await openSettings(browser);
    const { page, service } = settings;
    const shown = await page.locator('[data-part=next] pre').allTextContents();
    expect(shown).toEqual(service.next.reports.map(({ payload }) => JSON.stringify(payload, null, 2)));
    await page.locator('[data-part=sent] summary').last().click();
    const sent = await page.locator('[data-part=sent] pre').allTextContents();
    expect(sent).toEqual(service.sent.reports.map(({ payload }) => JSON.stringify(payload, null, 2)));
  });

  it('shows the switch when only a list is not known', async () => {
    await using settings = await openSettings(browser, {
      prepare: ({ instead }) => {
        for (const path of ['/reports', '/reports/next', '/org-settings/changes'])
          instead.set(`GET ${path}`, () => problem(500, 'broken'));
      },
    });
    const { page } = settings;
    expect(await page.getByRole('switch').count()).toBe(1);
    expect(await page.getByText('This list could not be loaded').count()).toBe(2);
    expect(await page.getByText('It is not known what would be sent').count()).toBe(1);
  });
});

describe('signing in and out', () => {
  it('refuses a wrong token with one sentence, and shows nothing of it', async () => {
    await using settings = await openSettings(browser);
    const { page, url } = settings;
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'You are signed out' }).waitFor();
    await page.getByRole('link', { name: 'Sign in again' }).click();
    await page.waitForURL(`${url}/settings/sign-in`);
    await page.getByLabel('Token').fill('not-a-token.<b>');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').getByText('This token is not valid').waitFor();
    expect(await page.content()).not.toContain('not-a-token');
    expect(page.url()).not.toContain('not-a-token');
  });

  it('gives a new session id at every sign-in, in a cookie that no script reads', async () => {
    await using settings = await openSettings(browser);
    const { page, context, url } = settings;
    const [before] = await context.cookies();
    expect(before).toMatchObject({ httpOnly: true, sameSite: 'Strict', path: '/', expires: -1 });
    await page.goto(`${url}/settings/sign-in`);
    await page.getByLabel('Token').fill(READER);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Telemetry', exact: true }).waitFor();
    const [after] = await context.cookies();
    expect(after?.value).not.toBe(before?.value);
    expect(await page.evaluate('document.cookie')).toBe('');
  });

  it('keeps somebody signed in who follows a link on another site', async () => {
    await using settings = await openSettings(browser);
    const { page, url } = settings;
    await page.route('http://elsewhere.test/', (route) =>
      route.fulfill({ contentType: 'text/html', body: `<a href="${url}/settings">settings</a>` }),
    );
    await page.goto('http://elsewhere.test/');
    await page.getByRole('link', { name: 'settings' }).click();
    await page.getByRole('switch').waitFor();
  });
});

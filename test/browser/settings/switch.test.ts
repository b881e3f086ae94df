import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../support/chromium.js';
import { passDoubleClick, stopClock } from '../support/clock.js';
import { openSettings } from './open-settings.js';
import { ADMIN, problem } from './settings-service.js';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

describe('the switch', () => {
  it('switches off, says so, and shows who did it', async () => {
    await using settings = await openSettings(browser);
    const { page, service } = settings;
    const button = page.getByRole('switch', { name: 'Telemetry of this organisation' });
    expect(await button.getAttribute('aria-checked')).toBe('true');
    await button.click();
    await page.getByText('Saved: telemetry is off.').waitFor();
    expect(await button.getAttribute('aria-checked')).toBe('false');
    expect(service.settings.telemetry_enabled).toBe(false);
    expect(await page.getByRole('heading', { name: 'Telemetry is off' }).count()).toBe(1);
    expect(await page.getByText('Runs of this organisation are not counted in them.').count()).toBe(1);
    expect(await page.locator('[data-part=state]').textContent()).toContain(
      'Changed 12 Jan 2026, 08:00:00 UTC by team_abc123.',
    );
    expect(settings.complaints).toEqual([]);
  });

  it('is worked by the keyboard alone, and keeps the focus', async () => {
    await using settings = await openSettings(browser);
    const { page, service } = settings;
    await stopClock(page);
    const focused = () =>
      page.evaluate<string | null>(`document.activeElement?.getAttribute('role') ?? null`);
    for (let steps = 0; (await focused()) !== 'switch' && steps < 20; steps += 1) {
      await page.keyboard.press('Tab');
    }
    expect(await focused()).toBe('switch');
    await page.keyboard.press('Space');
    await page.getByText('Saved: telemetry is off.').waitFor();
    expect(await focused()).toBe('switch');
    await passDoubleClick(page);
    await page.keyboard.press('Enter');
    await page.getByText('Saved: telemetry is on.').waitFor();
    expect(service.puts).toEqual(['{"telemetry_enabled":false}', '{"telemetry_enabled":true}']);
  });

  it('sends one request for a double click, with the version that was looked at', async () => {
    await using settings = await openSettings(browser);
    const { page, service } = settings;
    await stopClock(page);
    let answer = () => {};
    const slow = new Promise<void>((resolve) => (answer = resolve));
    await page.route('**/org-settings', async (route) => {
      await slow;
      await route.continue();
    });
    const sent = page.waitForRequest((request) => request.method() === 'PUT');
    await page.getByRole('switch').dblclick();
    expect((await sent).headers()['if-match']).toBe('"1"');
    answer();
    await page.getByText('Saved: telemetry is off.').waitFor();
    expect(service.puts).toEqual(['{"telemetry_enabled":false}']);
    expect(settings.changes()).toEqual([`PUT ${settings.url}/api/config/me/org-settings`]);
  });

  it('takes a double click for one, also when the first half is saved at once', async () => {
    await using settings = await openSettings(browser);
    const { page, service } = settings;
    const button = page.getByRole('switch');
    await stopClock(page);
    await button.click();
    await page.getByText('Saved: telemetry is off.').waitFor();
    await button.click();
    expect(await button.getAttribute('aria-busy')).toBeNull();
    expect(await button.getAttribute('aria-checked')).toBe('false');
    await passDoubleClick(page);
    await button.click();
    await page.getByText('Saved: telemetry is on.').waitFor();
    expect(service.puts).toEqual(['{"telemetry_enabled":false}', '{"telemetry_enabled":true}']);
  });

  it('says that it saves while the network is slow, and claims nothing before the answer', async () => {
    await using settings = await openSettings(browser);
    const { page, service } = settings;
    let answer: (response: Response) => void = () => {};
    service.instead.set('PUT /org-settings', () => new Promise((resolve) => (answer = resolve)));
    await page.getByRole('switch').click();
    await page.getByText('Saving…').waitFor();
    expect(await page.getByRole('switch').getAttribute('aria-busy')).toBe('true');
    expect(await page.getByRole('switch').getAttribute('aria-checked')).toBe('true');
    await page.getByText('Still saving: the answer takes long.').waitFor();
    await page.getByRole('switch').click();
    answer(problem(503, 'The database does not answer.'));
    await page.getByText('The change could not be saved.').waitFor();
    expect(service.puts).toHaveLength(1);
  });

  it.each([
    [500, 'The change could not be saved. This is what holds now.'],
    [503, 'The change could not be saved. This is what holds now.'],
    [403, 'Nothing was changed. The text of the service.'],
    [409, 'Nothing was changed. The text of the service.'],
  ])('goes back after %i and says so in the page', async (status, text) => {
    await using settings = await openSettings(browser);
    const { page, service } = settings;
    page.on('dialog', () => expect.fail('a dialog opened'));
    await stopClock(page);
    service.instead.set('PUT /org-settings', () => problem(status, 'The text of the service.'));
    await page.getByRole('switch').click();
    await page.getByRole('status').getByText(text).waitFor();
    const button = page.getByRole('switch');
    expect(await button.getAttribute('aria-checked')).toBe('true');
    expect(await button.getAttribute('aria-busy')).toBeNull();
    service.instead.clear();
    await passDoubleClick(page);
    await button.click();
    await page.getByText('Saved: telemetry is off.').waitFor();
  });

  it('shows what holds, and who changed it, when somebody else was faster', async () => {
    await using settings = await openSettings(browser);
    const { page, service } = settings;
    service.version = 7;
    service.settings = { ...service.settings, telemetry_enabled: false, updated_by: 'team_other' };
    await page.getByRole('switch').click();
    await page.getByText('team_other has changed it meanwhile.').waitFor();
    expect(await page.getByRole('switch').getAttribute('aria-checked')).toBe('false');
    expect(service.settings.updated_by).toBe('team_other');
  });

  it('claims nothing while the server is out of reach', async () => {
    await using settings = await openSettings(browser);
    const { page, service, context } = settings;
    await context.setOffline(true);
    await page.getByRole('switch').click();
    await page.getByText('It is not known what holds.').waitFor();
    expect(await page.getByRole('switch').count()).toBe(0);
    expect(service.puts).toEqual([]);
  });

  it('takes a no without a network, as long as its own server answers', async () => {
    await using settings = await openSettings(browser);
    const { page, service } = settings;
    await page.evaluate("Object.defineProperty(navigator, 'onLine', { get: () => false })");
    await page.getByRole('switch').click();
    await page.getByText('Saved: telemetry is off.').waitFor();
    expect(service.puts).toEqual(['{"telemetry_enabled":false}']);
  });

  it('keeps the focus at its place when it is not there any more', async () => {
    await using settings = await openSettings(browser);
    const { page, service } = settings;
    service.tokens.set(ADMIN, { ...service.tokens.get(ADMIN)!, telemetry_stopped: true });
    service.settings = { ...service.settings, telemetry_enabled: false };
    service.instead.set('PUT /org-settings', () => problem(409, 'Telemetry is stopped.'));
    await page.getByRole('switch').focus();
    await page.keyboard.press('Space');
    await page.getByText('The operator has stopped telemetry meanwhile.').waitFor();
    expect(await page.evaluate('document.activeElement?.id')).toBe('state-title');
  });

  it('does not know what holds when the connection breaks in the middle', async () => {
    await using settings = await openSettings(browser);
    const { page } = settings;
    await page.route('**/settings', (route) => route.abort());
    await page.route('**/org-settings', (route) => route.abort());
    await page.getByRole('switch').click();
    await page.getByText('It is not known what holds.').waitFor();
    expect(await page.getByRole('heading', { name: 'It is not known whether data is sent' }).count()).toBe(1);
    expect(await page.getByRole('switch').count()).toBe(0);
  });

  it('does not say that a refused change was saved, though somebody else made the same', async () => {
    await using settings = await openSettings(browser);
    const { page, service } = settings;
    service.instead.set('PUT /org-settings', () => {
      service.settings = { ...service.settings, telemetry_enabled: false, updated_by: 'team_other' };
      return problem(403, 'Your token may look and not change.');
    });
    await page.getByRole('switch').click();
    await page.getByText('Nothing was changed. Your token may look and not change.').waitFor();
    expect(await page.getByRole('switch').getAttribute('aria-checked')).toBe('false');
  });

  it('says so when a change was taken and cannot be read back', async () => {
    await using settings = await openSettings(browser);
    const { page, service } = settings;
    service.instead.set('PUT /org-settings', () => {
      service.instead.set('*', () => problem(503, 'down'));
      return Response.json({ ...service.settings, telemetry_enabled: false });
    });
    await page.getByRole('switch').click();
    await page.getByText('The change was taken. It is not known what holds.').waitFor();
    expect(await page.getByRole('switch').count()).toBe(0);
  });

  it('leads to the form when the session has ended meanwhile', async () => {
    await using settings = await openSettings(browser);
    const { page, service } = settings;
    service.tokens.clear();
    await page.getByRole('switch').click();
    await page.waitForURL('**/settings/sign-in');
    expect(service.settings.telemetry_enabled).toBe(true);
  });

  it('works without JavaScript, and tells a failure', async () => {
    await using settings = await openSettings(browser, { javaScriptEnabled: false });
    const { page, service } = settings;
    await page.getByRole('switch').click();
    await page.getByRole('heading', { name: 'Telemetry is off' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/settings');
    expect(service.puts).toEqual(['{"telemetry_enabled":false}']);

    service.instead.set('PUT /org-settings', () => problem(503, 'down'));
    await page.getByRole('switch').click();
    await page.getByRole('status').getByText('The change could not be saved.').waitFor();
    expect(await page.getByRole('switch').getAttribute('aria-checked')).toBe('false');

    service.instead.clear();
    service.version = 9;
    service.settings = { ...service.settings, updated_by: 'team_other' };
    await page.goto(`${settings.url}/settings`);
    service.version = 10;
    await page.getByRole('switch').click();
    await page.getByText('team_other has changed it meanwhile.').waitFor();
  });
});

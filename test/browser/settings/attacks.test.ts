import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../support/chromium.js';
import { passDoubleClick, stopClock } from '../support/clock.js';
import { serveApp } from '../support/serve.js';
import { openSettings } from './open-settings.js';
import { problem } from './settings-service.js';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

const ATTACKS = [
  `</script><img src=x onerror="document.title='owned'">`,
  `"><svg onload="document.title='owned'">`,
  `' autofocus onfocus=document.title='owned' x='`,
  `</template><script>document.title='owned'</script>`,
  `a\r\nset-cookie: owned=1\r\n\r\n<b>`,
  `javascript:document.title='owned'`,
];

describe('what others have written', () => {
  it.each(ATTACKS)('is text wherever it is shown: %j', async (attack) => {
    await using settings = await openSettings(browser, {
      prepare: (service) => {
        service.settings = { ...service.settings, org_id: attack, updated_by: attack };
        for (const [token, caller] of service.tokens)
          service.tokens.set(token, { ...caller, org_id: attack, team_node_id: attack });
        service.changes = service.changes.map((change) => ({
          ...change,
          changed_by: attack,
          changed_at: attack,
        }));
      },
    });
    const { page, service, context } = settings;
    await page.getByRole('switch').waitFor();
    const shown = attack.replaceAll('\r\n', '\n');
    for (const part of ['caller', 'state', 'changes'])
      expect(await page.locator(`[data-part=${part}]`).textContent()).toContain(shown);

    await stopClock(page);
    service.version += 1;
    await page.getByRole('switch').click();
    await page.getByRole('status').getByText('has changed it meanwhile').waitFor();
    service.instead.set('PUT /org-settings', () => problem(403, attack));
    await passDoubleClick(page);
    await page.getByRole('switch').click();
    await page.getByRole('status').getByText('Nothing was changed.').waitFor();

    expect(await page.locator('main :is(img, svg, script, b)').count()).toBe(0);
    expect(await page.title()).toBe('Telemetry · Sotto');
    expect((await context.cookies()).map(({ name }) => name)).toEqual([
      `sotto_settings_${new URL(settings.url).port}`,
    ]);
    expect(settings.complaints).toEqual([]);
    expect(settings.foreignHosts(settings.url)).toEqual([]);
  });

  it('makes a payload unknown that no report could hold', async () => {
    await using settings = await openSettings(browser, {
      prepare: ({ instead, next }) => {
        const [heartbeat, daily] = next.reports;
        const bad = { ...heartbeat, payload: { ...heartbeat?.payload, customer_id: ATTACKS[0] } };
        instead.set('GET /reports/next', () => Response.json({ ...next, reports: [bad, daily] }));
      },
    });
    await settings.page.getByText('It is not known what would be sent').waitFor();
    expect(await settings.page.content()).not.toContain('onerror');
  });
});

/** A page of another port of this machine: of the same site, so that browsers send it the cookie along. */
async function serveOtherPage(html: string) {
  return serveApp({ fetch: () => new Response(html, { headers: { 'content-type': 'text/html' } }) });
}

describe('a page of another origin', () => {
  it('cannot switch anything with the session of a visitor', async () => {
    await using settings = await openSettings(browser);
    const { page, service, url } = settings;
    const target = `${url}/settings/telemetry`;
    await using other = await serveOtherPage(
      `<form method="post" action="${target}"><input name="telemetry_enabled" value="false"><button>go</button></form>`,
    );
    await page.goto(other.url);
    const answer = page.waitForResponse(target);
    await page.getByRole('button', { name: 'go' }).click();
    expect((await answer).status()).toBe(403);
    expect((await (await answer).request().allHeaders()).cookie).toContain('sotto_settings');
    expect(service.puts).toEqual([]);
  });

  it('cannot call the API with the session of a visitor', async () => {
    await using settings = await openSettings(browser);
    const { page, service, url } = settings;
    await using other = await serveOtherPage('<p>other</p>');
    await page.goto(other.url);
    const call = (init: object) =>
      page.evaluate(
        `fetch('${url}/api/config/me/org-settings', ${JSON.stringify(init)}).then(() => 'answered', () => 'refused')`,
      );
    const headers = { 'content-type': 'application/json' };
    const body = '{"telemetry_enabled":false}';
    expect(await call({ method: 'PUT', credentials: 'include', headers, body })).toBe('refused');
    expect(await call({ credentials: 'include' })).toBe('refused');
    expect(service.puts).toEqual([]);
  });

  it('cannot show the page in a frame', async () => {
    await using settings = await openSettings(browser);
    const { page, url } = settings;
    await using other = await serveOtherPage(`<iframe src="${url}/settings/sign-in"></iframe>`);
    await page.goto(other.url);
    expect(await page.frameLocator('iframe').getByLabel('Token').count()).toBe(0);
    expect(page.frames().map((frame) => frame.url())).toContain('chrome-error://chromewebdata/');
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createSandbox, type Sandbox } from '../../e2e/support/sandbox.js';
import { SOTTO, serve } from '../../wiring/cli/serve-program.js';
import { launchChromium, openPage } from '../support/chromium.js';

let browser: Browser;
let sandbox: Sandbox;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());
beforeEach(async () => {
  sandbox = await createSandbox();
});
afterEach(() => sandbox[Symbol.dispose]());

const APP = ['--app', 'acme'];

describe('the page that sotto serves', () => {
  it('follows the person from nothing decided to a yes and back, and what other processes decide', async () => {
    const program = serve(sandbox, SOTTO, [...APP, 'serve', '--port', '0']);
    const { origin } = new URL(await program.url);
    const token = (await serve(sandbox, SOTTO, [...APP, 'token']).outcome).stdout.trim();
    const { page, context, complaints } = await openPage(browser);
    await page.goto(origin);
    await page.getByLabel('Token').fill(token);
    await page.getByRole('button', { name: 'Sign in' }).click();
    const title = page.locator('#state-title');
    const box = page.getByRole('checkbox', { name: 'Enable telemetry' });
    await title.waitFor();
    expect(await title.textContent()).toBe('Telemetry is off');
    expect([await box.isChecked(), await box.isEnabled()]).toEqual([false, true]);

    await box.check();
    await page.locator('[data-message]').getByText('Saved.').waitFor();
    expect(await title.textContent()).toBe('Nothing leaves this machine');
    const configFile = join(sandbox.env.HOME ?? '', '.config', 'acme', 'acme.json');
    expect(JSON.parse(readFileSync(configFile, 'utf8')).features).toEqual({
      enable_observability: true,
      enable_privacy_telemetry: true,
    });
    await page.locator('[data-live=live]').waitFor();

    const disabled = serve(sandbox, SOTTO, [...APP, 'disable']).outcome;
    expect((await disabled).status).toBe(0);
    await expect.poll(() => title.textContent(), { timeout: 2_000 }).toBe('Telemetry is off');
    await expect.poll(() => box.isChecked()).toBe(false);
    expect(complaints).toEqual([]);

    const startedAtMs = performance.now();
    program.signal('SIGINT');
    await program.outcome;
    expect(performance.now() - startedAtMs).toBeLessThan(5_000);
    // What the page says holds no longer when nobody can be asked.
    await page.locator('[data-live=lost]').waitFor();
    await page.getByRole('heading', { name: /not known/ }).waitFor();
    expect(await page.getByRole('checkbox').count()).toBe(0);
    await context.close();
  });
});

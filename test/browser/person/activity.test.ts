import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHECKOUT, TSX } from '../../e2e/support/checkout.js';
import { launchChromium } from '../support/chromium.js';
import { openPerson, type PersonOnPage } from './open-person.js';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

const PROGRAM = fileURLToPath(new URL('programs/capture.ts', import.meta.url));

/** Another process of the same app records an event, sends it, and ends. */
async function captureElsewhere({ wiring }: PersonOnPage, name: string): Promise<void> {
  const options = { directory: wiring.directory, host: wiring.server.url, name };
  const child = spawn(process.execPath, ['--import', TSX, PROGRAM, JSON.stringify(options)], {
    env: {
      PATH: process.env.PATH ?? '',
      OTHER_TELEMETRY_ENABLED: 'true',
      TSX_TSCONFIG_PATH: `${CHECKOUT}/tsconfig.json`,
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await new Promise<void>((resolve, reject) => {
    child.once('close', (status) => (status === 0 ? resolve() : reject(new Error(`Status ${status}`))));
  });
}

describe('the list of what was recorded', () => {
  it('shows an event of another process as it happens, with the very bytes that left', async () => {
    await using person = await openPerson(browser);
    const { page, wiring } = person;
    await page.locator('[data-live=live]').waitFor();
    expect(await page.getByText('Nothing is recorded here.').isVisible()).toBe(true);
    await captureElsewhere(person, 'from.elsewhere');
    const item = page.locator('.events li', { hasText: 'from.elsewhere' });
    await item.locator('.tag.sent').waitFor({ timeout: 10_000 });
    await item.locator('summary').click();
    const bytes = await item.locator('pre').textContent();
    expect(wiring.server.requests.map(({ text }) => text).join('')).toContain(`"properties":${bytes}`);
    await page.locator('[data-arrivals]').getByText('new event').waitFor({ timeout: 10_000 });
    expect(person.complaints).toEqual([]);
  });

  it('stays open where it was opened, stays short, and stands still while it is paused', async () => {
    await using person = await openPerson(browser);
    const { page, wiring } = person;
    await page.locator('[data-live=live]').waitFor();
    const record = async (n: number) => {
      wiring.telemetry.recordEvent('counted.event', { n });
      await wiring.telemetry.flush();
    };
    await record(1);
    const items = page.locator('.events li');
    await items.first().waitFor();
    await items.first().locator('summary').click();
    await record(2);
    await expect.poll(() => items.count()).toBe(2);
    expect(await items.nth(1).locator('details').getAttribute('open')).not.toBeNull();
    expect(await items.nth(0).locator('details').getAttribute('open')).toBeNull();

    await page.getByRole('button', { name: 'Pause' }).click();
    for (let n = 3; n < 80; n += 1) wiring.telemetry.recordEvent('counted.event', { n });
    await record(80);
    expect(await items.count()).toBe(2);
    await page.getByRole('button', { name: 'Go on' }).click();
    await expect.poll(() => items.count(), { timeout: 5_000 }).toBe(50);
    expect(await items.first().locator('pre').textContent()).toContain('"n":80');
  });

  it('is there without script', async () => {
    await using person = await openPerson(browser, {
      javaScriptEnabled: false,
      prepare: async ({ telemetry }) => {
        telemetry.recordEvent('some.event', { n: 1 });
        await telemetry.flush();
      },
    });
    const { page } = person;
    expect(await page.locator('.events').textContent()).toContain('some.event');
    expect(await page.locator('[data-live]').isVisible()).toBe(false);
    await page.getByText('The same as a table').click();
    const today = new Date().toISOString().slice(0, 10);
    expect(await page.locator(`[data-day="${today}"] td`).allTextContents()).toEqual(['1', '1']);
  });

  it('ends its stream when its person signs out, and asks nothing more', async () => {
    await using person = await openPerson(browser);
    const { page, url, home, wiring } = person;
    await page.locator('[data-live=live]').waitFor();
    const other = await person.context.newPage();
    await other.goto(home);
    await other.getByRole('button', { name: 'Sign out' }).click();
    await other.getByRole('heading', { name: 'You are signed out' }).waitFor();
    wiring.telemetry.recordEvent('not.for.you', {});
    await wiring.telemetry.flush();
    await page.bringToFront();
    await page.waitForURL(`${url}/sign-in`, { timeout: 20_000 });
    expect(await page.content()).not.toContain('not.for.you');
  });
});

describe('the chart', () => {
  it('draws what the table says, and follows it', async () => {
    await using person = await openPerson(browser, {
      prepare: async ({ telemetry }) => {
        for (let n = 0; n < 20; n += 1) telemetry.recordEvent('some.event', { n });
        await telemetry.flush();
      },
    });
    const { page, wiring } = person;
    const inked = () =>
      page.evaluate<number>(`(() => {
        const canvas = document.querySelector('[data-chart] canvas');
        const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
        const hex = getComputedStyle(document.documentElement).getPropertyValue('--chart-sent').trim();
        const [r, g, b] = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
        let count = 0;
        for (let at = 0; at < data.length; at += 4) if (data[at] === r && data[at + 1] === g && data[at + 2] === b) count += 1;
        return count;
      })()`);
    await page.locator('[data-chart] canvas').waitFor();
    expect(await inked()).toBeGreaterThan(500);
    wiring.telemetry.recordEvent('one.more', {});
    await wiring.telemetry.flush();
    await expect.poll(() => page.locator('.figures strong').first().textContent()).toBe('21');
    await expect.poll(inked).toBeGreaterThan(500);
    await page.emulateMedia({ colorScheme: 'dark' });
    await expect.poll(inked).toBeGreaterThan(500);
  });
});

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findBarriers } from '../support/axe.js';
import { launchChromium } from '../support/chromium.js';
import { isTooWide, openEverything } from '../support/look.js';
import { openDashboard } from './open-dashboard.js';
import type { VendorService } from './vendor-service.js';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

const STATES: Record<string, (service: VendorService) => void> = {
  reported: () => {},
  'no customers': (service) => {
    service.customers = [];
  },
  'no reports': (service) => {
    service.change = ({ days, ...overview }) => ({
      ...overview,
      days: days.map((day) => ({ ...day, customers: 0 })),
    });
  },
  unknown: ({ instead }) => instead.set('*', () => new Response('', { status: 503 })),
  'long names': (service) => {
    service.customers = service.customers.map((customer) => ({
      ...customer,
      customer_id: 'W'.repeat(64),
      customer_name: 'W'.repeat(128),
    }));
  },
};

describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
  it.each(Object.entries(STATES))(
    'the page is within reach of everybody, and of its own host alone: %s',
    async (_name, prepare) => {
      const phone = { viewport: { width: 360, height: 740 }, colorScheme };
      await using dashboard = await openDashboard(browser, { prepare, ...phone });
      const { page, url } = dashboard;
      await openEverything(page);
      expect(await isTooWide(page)).toBe(false);
      expect(await findBarriers(page)).toEqual([]);
      await page.setViewportSize({ width: 1280, height: 900 });
      expect(await isTooWide(page)).toBe(false);
      expect(await findBarriers(page)).toEqual([]);
      expect(dashboard.foreignHosts(url)).toEqual([]);
      expect(dashboard.complaints).toEqual([]);
    },
  );

  it('the page is within reach of everybody without a script', async () => {
    await using dashboard = await openDashboard(browser, { colorScheme, javaScriptEnabled: false });
    const { page, url } = dashboard;
    expect(await page.locator('.drawing svg:visible').count()).toBe(3);
    expect(await page.locator('[data-chart]:visible').count()).toBe(0);
    expect(dashboard.foreignHosts(url)).toEqual([]);
  });
});

it('the form and its refusal are within reach of everybody', async () => {
  await using dashboard = await openDashboard(browser, { viewport: { width: 360, height: 740 } });
  const { page, url } = dashboard;
  await page.goto(`${url}/vendor/sign-in`);
  expect(await findBarriers(page)).toEqual([]);
  await page.getByLabel('Key for reading').fill('wrong');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('alert').getByText('This is not the key for reading.').waitFor();
  expect(await isTooWide(page)).toBe(false);
  expect(await findBarriers(page)).toEqual([]);
});

it('a range that cannot be shown is said to whoever hears the page, too', async () => {
  await using dashboard = await openDashboard(browser);
  const { page, url } = dashboard;
  await page.goto(`${url}/vendor?from=2026-01-31&to=2026-01-01`);
  await page.getByRole('alert').getByText('must not be after the last one').waitFor();
  expect(await findBarriers(page)).toEqual([]);
});

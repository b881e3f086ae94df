import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findBarriers } from '../support/axe.js';
import { launchChromium } from '../support/chromium.js';
import { isTooWide, openEverything } from '../support/look.js';
import { openSettings } from './open-settings.js';
import { ADMIN, problem, READER, type SettingsService } from './settings-service.js';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

const off = (service: SettingsService) => {
  service.settings = { ...service.settings, telemetry_enabled: false };
};

const STATES: Record<string, { token?: string; prepare?: (service: SettingsService) => void }> = {
  on: { token: ADMIN },
  off: { prepare: off },
  unknown: { prepare: ({ instead }) => instead.set('*', () => problem(503, 'down')) },
  'read-only': { token: READER },
  stopped: {
    prepare: (service) => {
      off(service);
      for (const [token, caller] of service.tokens)
        service.tokens.set(token, { ...caller, telemetry_stopped: true });
    },
  },
  'long names': {
    prepare: (service) => {
      const name = 'W'.repeat(128);
      service.settings = { ...service.settings, updated_by: name };
      service.changes = service.changes.map((change) => ({ ...change, changed_by: name }));
    },
  },
};

describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
  it.each(Object.entries(STATES))(
    'the page is within reach of everybody, and of its own host alone: %s',
    async (_name, options) => {
      const phone = { viewport: { width: 360, height: 740 }, colorScheme };
      await using settings = await openSettings(browser, { ...options, ...phone });
      const { page, url } = settings;
      await openEverything(page);
      expect(await isTooWide(page)).toBe(false);
      expect(await findBarriers(page)).toEqual([]);
      await page.setViewportSize({ width: 1280, height: 900 });
      expect(await findBarriers(page)).toEqual([]);
      expect(settings.foreignHosts(url)).toEqual([]);
      expect(settings.complaints).toEqual([]);
    },
  );

  it('the form and its refusal are within reach of everybody', async () => {
    const phone = { viewport: { width: 360, height: 740 }, colorScheme };
    await using settings = await openSettings(browser, phone);
    const { page, url } = settings;
    await page.goto(`${url}/settings/sign-in`);
    expect(await findBarriers(page)).toEqual([]);
    await page.getByLabel('Token').fill('wrong');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').waitFor();
    expect(await isTooWide(page)).toBe(false);
    expect(await findBarriers(page)).toEqual([]);
    await page.goto(`${url}/nowhere`);
    expect(await findBarriers(page)).toEqual([]);
    expect(settings.complaints).toEqual([]);
  });

  it('the failure of a change is within reach of everybody', async () => {
    await using settings = await openSettings(browser, { colorScheme });
    const { page, service } = settings;
    service.instead.set('PUT /org-settings', () => problem(503, 'down'));
    await page.getByRole('switch').click();
    await page.getByText('The change could not be saved.').waitFor();
    expect(await findBarriers(page)).toEqual([]);
  });
});

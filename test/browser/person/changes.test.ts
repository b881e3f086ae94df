import type { Browser } from 'playwright-core';
import { count, defineEvent, textCount } from 'sotto';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { openConsent } from '../../../src/client/index.js';
import { uniqueApp } from '../../support/wiring.js';
import { findBarriers } from '../support/axe.js';
import { launchChromium } from '../support/chromium.js';
import { isTooWide } from '../support/look.js';
import { openPerson, type PersonScene } from './open-person.js';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

// A test is an environment where nobody can agree.
beforeEach(() => {
  vi.stubEnv('NODE_ENV', undefined);
  return () => vi.unstubAllEnvs();
});

const BEFORE = [defineEvent('edit', { layers: count() })];
const NOW = [
  defineEvent('edit', { layers: count(), title: textCount({ purpose: 'How long titles get.' }) }),
  defineEvent('export', { pages: count() }, { purpose: 'Whether people export at all.' }),
];

/** The page of a person who agreed to what an earlier version collected. */
function openUpgraded(scene: PersonScene = {}) {
  const options = { app: uniqueApp(), consent: 'opt-in' } as const;
  return openPerson(browser, {
    ...scene,
    options: { ...options, events: NOW },
    prepare: ({ directory, server }) => {
      const posthog = { key: 'phc_wiring', host: server.url };
      openConsent({ ...options, posthog, store: { directory }, events: BEFORE }).optIn({ dryRun: true });
    },
  });
}

const CARD = '[data-part=changes]';

describe.each(['light', 'dark'] as const)('what a program wants to collect besides, in %s', (colorScheme) => {
  it('is within reach of everybody', async () => {
    const phone = { viewport: { width: 360, height: 740 }, colorScheme };
    await using person = await openUpgraded(phone);
    const { page } = person;
    expect(await page.locator(CARD).textContent()).toContain('How long titles get.');
    expect(await isTooWide(page)).toBe(false);
    expect(await findBarriers(page)).toEqual([]);
    await page.setViewportSize({ width: 1280, height: 900 });
    expect(await findBarriers(page)).toEqual([]);
    expect(person.complaints).toEqual([]);
  });
});

describe('the person', () => {
  it.each([true, false])('allows it, with scripts: %s', async (javaScriptEnabled) => {
    await using person = await openUpgraded({ javaScriptEnabled });
    const { page, wiring } = person;
    expect(wiring.telemetry.status().heldBack).toEqual(['edit.title', 'export']);
    await page.getByRole('button', { name: 'Allow this too' }).click();
    await page.locator(CARD).waitFor({ state: 'detached' });
    expect(wiring.telemetry.status().heldBack).toEqual([]);
  });

  it('keeps it as it is, and can still allow it', async () => {
    await using person = await openUpgraded();
    const { page, wiring } = person;
    await page.getByRole('button', { name: 'Keep it as it is' }).click();
    await page.getByText('You have said that it stays as it was.').waitFor();
    expect(wiring.telemetry.status().heldBack).toEqual(['edit.title', 'export']);
    expect(await page.getByRole('button', { name: 'Allow this too' }).isVisible()).toBe(true);
  });
});

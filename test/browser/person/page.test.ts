import { readFileSync } from 'node:fs';
import { unzipSync } from 'fflate';
import type { Browser, Page } from 'playwright-core';
import { defineEvent, number, plain } from 'sotto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findBarriers } from '../support/axe.js';
import { launchChromium } from '../support/chromium.js';
import { openPerson, type PersonScene } from './open-person.js';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

const fill: PersonScene['prepare'] = async ({ telemetry }) => {
  telemetry.recordFeature('toolkit.launch', 'dark');
  telemetry.hook('on_scene_enter', { n: 1 });
  telemetry.recordEvent('a.very.long.name.of.an.event.that.goes.on.and.on.for.sixty.characters', { n: 1 });
  for (let n = 0; n < 5; n += 1) telemetry.recordEvent('modder.asset.saved', { n });
  await telemetry.flush();
};

const STATES: Record<string, { scene: PersonScene; spoil?: boolean }> = {
  on: { scene: { options: { hooks: ['on_scene_enter'] }, prepare: fill } },
  empty: { scene: {} },
  unknown: { scene: {}, spoil: true },
};

const isTooWide = (page: Page) =>
  page.evaluate<boolean>('document.documentElement.scrollWidth > document.documentElement.clientWidth');

describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
  it.each(Object.entries(STATES))(
    'the page is within reach of everybody, and of its own host alone: %s',
    async (_name, { scene, spoil }) => {
      const phone = { viewport: { width: 360, height: 740 }, colorScheme };
      await using person = await openPerson(browser, { ...scene, ...phone });
      const { page, url, home } = person;
      if (spoil) {
        person.instead.set('*', () => new Response('', { status: 500 }));
        await page.goto(home);
      }
      await page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true");
      expect(await isTooWide(page)).toBe(false);
      expect(await findBarriers(page)).toEqual([]);
      await page.setViewportSize({ width: 1280, height: 900 });
      expect(await findBarriers(page)).toEqual([]);
      expect(person.foreignHosts(url)).toEqual([]);
      expect(person.complaints).toEqual([]);
    },
  );
});

const ATTACKS = [
  `</script><img src=x onerror="document.title='owned'">`,
  `"><svg onload="document.title='owned'">`,
  `' autofocus onfocus=document.title='owned' x='`,
  `</template><script>document.title='owned'</script>`,
  'javascript:document.title=1',
];

describe('what others have written', () => {
  it.each(ATTACKS)('is text wherever it is shown: %j', async (attack) => {
    await using person = await openPerson(browser, { options: { app: 'acme' } });
    const { page, instead, url, home } = person;
    const reason = { layer: attack, source: attack, message: attack, fix: attack };
    instead.set('GET /why', () =>
      Response.json({
        mode: 'off',
        host: attack,
        why: reason,
        switches: { crashReporting: { enabled: false, why: reason } },
        layers: [
          { kind: 'off', about: 'telemetry', layer: 'x', source: attack, fix: attack },
          { kind: 'yes', about: attack, layer: 'x', source: attack, fix: attack },
        ],
      }),
    );
    instead.set('GET /ledger', () =>
      Response.json({
        events: [
          {
            uuid: attack,
            event: attack,
            timestamp: attack,
            distinct_id: attack,
            recorded_at: attack,
            sent_at: attack,
            dropped_reason: attack,
            state: 'dropped',
            properties: attack,
          },
        ],
      }),
    );
    instead.set('GET /counts', () =>
      Response.json({ days: [{ day: attack, recorded: 1, sent: 1 }], last_sent_at: attack }),
    );
    const sections = [{ title: attack, items: [attack] }];
    instead.set('GET /catalog', () =>
      Response.json({ purpose: attack, is_complete: true, sections, details: sections, privacy_url: attack }),
    );
    instead.set('GET /summary', () =>
      Response.json({
        features: { [attack]: { total: 1, last_ts: attack, variants: { [attack]: 1 } } },
        hooks: { [attack]: { total: 1, last_ts: attack } },
      }),
    );
    await page.goto(home);
    await page.locator('.events li').waitFor();
    for (const part of ['why', 'activity', 'counts', 'usage'])
      expect(await page.locator(`[data-part=${part}]`).textContent()).toContain(attack);
    expect(await page.locator('pre code').first().textContent()).toBe(attack);

    instead.set('POST /settings', () => Response.json({ code: 'X', detail: attack }, { status: 409 }));
    await page.getByRole('checkbox', { name: 'Dry run' }).click();
    await page.locator('[data-message]').getByText(attack, { exact: true }).waitFor();
    instead.set('DELETE /data', () => Response.json({ deleted_files: 1, failed: [attack] }));
    await page.goto(`${home}clear`);
    await page.getByRole('button', { name: 'Delete everything' }).click();
    await page.getByText(attack, { exact: true }).waitFor();

    expect(await page.locator('main :is(img, svg, script, iframe)').count()).toBe(0);
    expect(await page.title()).not.toContain('owned');
    expect(person.complaints).toEqual([]);
    expect(person.foreignHosts(url)).toEqual([]);
  });
});

describe('what the person can take along', () => {
  it('is everything in one file, and with a yes of its own a bundle', async () => {
    await using person = await openPerson(browser, { prepare: fill });
    const { page } = person;
    const download = async (name: string) => {
      const [started] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name }).click(),
      ]);
      return { name: started.suggestedFilename(), bytes: readFileSync(await started.path()) };
    };
    const exported = await download('Export everything');
    expect(exported.name).toMatch(/^[\w.-]+-telemetry-\d{8}\.json$/);
    expect(JSON.parse(exported.bytes.toString()).telemetry_files).toHaveLength(1);

    expect(await page.getByRole('link', { name: 'Download diagnostics' }).count()).toBe(0);
    const refused = await page.request.get(`${person.home}diagnostics`, {
      headers: { accept: 'text/html' },
    });
    expect([refused.status(), (await refused.text()).includes('needs a yes of its own')]).toEqual([
      403,
      true,
    ]);
    await page.getByRole('checkbox', { name: 'Diagnostics' }).check();
    await page.getByRole('link', { name: 'Download diagnostics' }).waitFor();
    const bundle = await download('Download diagnostics');
    expect(Object.keys(unzipSync(bundle.bytes))).toContain('manifest.json');
  });

  it.each([true, false])(
    'can be deleted, once it was asked for twice: script %s',
    async (javaScriptEnabled) => {
      await using person = await openPerson(browser, { prepare: fill, javaScriptEnabled });
      const { page, calls } = person;
      await page.getByRole('link', { name: 'Delete everything' }).click();
      await page.getByRole('link', { name: 'Keep it' }).click();
      await page.locator('.events li').first().waitFor();
      expect(calls).not.toContain('DELETE /data');
      await page.getByRole('link', { name: 'Delete everything' }).click();
      await page.getByRole('button', { name: 'Delete everything' }).click();
      await page.getByRole('heading', { name: 'Everything is deleted' }).waitFor();
      await page.getByRole('link', { name: 'Back' }).click();
      await page.getByText('Nothing is recorded here.').waitFor();
    },
  );
});

describe('what may be collected', () => {
  it('is told from the classes of the app, and that there may be more where they are not known', async () => {
    const Saved = defineEvent('asset_saved', { layers: plain(number({ min: 0, max: 100 })) });
    {
      await using person = await openPerson(browser, { options: { events: [Saved] } });
      const text = await person.page.locator('section', { hasText: 'What may be collected' }).textContent();
      expect(text).toContain('asset_saved');
      expect(text).not.toContain('is not known here');
    }
    await using person = await openPerson(browser);
    const text = await person.page.locator('section', { hasText: 'What may be collected' }).textContent();
    expect(text).toContain('is not known here');
    expect(text).not.toContain('more info');
  });
});

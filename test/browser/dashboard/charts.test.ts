import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../support/chromium.js';
import { openDashboard } from './open-dashboard.js';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

/** The colours that a chart has painted, as hexadecimal text, each with the number of its pixels. */
const paintedBy = (page: Page, name: string) =>
  page.evaluate<Record<string, number>>(`(() => {
    const canvas = document.querySelector('[data-chart=${name}] canvas');
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    const counts = {};
    for (let at = 0; at < data.length; at += 4) {
      if (data[at + 3] !== 255) continue;
      const colour = '#' + [0, 1, 2].map((part) => data[at + part].toString(16).padStart(2, '0')).join('');
      counts[colour] = (counts[colour] ?? 0) + 1;
    }
    return counts;
  })()`);

/** The colours in the column of pixels at the middle of what a chart shows. */
const paintedAtMiddle = (page: Page, name: string) =>
  page.evaluate<string[]>(`(() => {
    const canvas = document.querySelector('[data-chart=${name}] canvas');
    const over = document.querySelector('[data-chart=${name}] .u-over').getBoundingClientRect();
    const { left, width } = canvas.getBoundingClientRect();
    const middle = Math.round(((over.left + over.width / 2 - left) / width) * canvas.width);
    const { data } = canvas.getContext('2d').getImageData(middle, 0, 1, canvas.height);
    return Array.from({ length: canvas.height }, (_none, row) =>
      '#' + [0, 1, 2].map((part) => data[row * 4 + part].toString(16).padStart(2, '0')).join(''));
  })()`);

const colourOf = (page: Page, name: string) =>
  page.evaluate<string>(
    `getComputedStyle(document.documentElement).getPropertyValue('--chart-${name}').trim()`,
  );

const CHARTS: [chart: string, colours: string[]][] = [
  ['runs', ['successful', 'failed', 'timeout', 'open', 'gap']],
  ['rate', ['successful', 'gap']],
  ['durations', ['p50', 'p95', 'p99', 'gap']],
];

describe('the charts', () => {
  it.each(['light', 'dark'] as const)('are drawn in the colours of the page: %s', async (colorScheme) => {
    await using dashboard = await openDashboard(browser, { colorScheme });
    const { page, complaints } = dashboard;
    await page.locator('[data-chart=durations] canvas').waitFor();
    for (const [chart, colours] of CHARTS) {
      const painted = await paintedBy(page, chart);
      for (const colour of colours) expect(painted).toHaveProperty(await colourOf(page, colour));
    }
    expect(await page.locator('.drawing:visible').count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it('are drawn anew where the colours or the width of the page change', async () => {
    await using dashboard = await openDashboard(browser, { colorScheme: 'light' });
    const { page } = dashboard;
    const before = await colourOf(page, 'successful');
    await page.emulateMedia({ colorScheme: 'dark' });
    const after = await colourOf(page, 'successful');
    expect(after).not.toBe(before);
    await expect.poll(() => paintedBy(page, 'runs')).toHaveProperty(after);
    expect(await paintedBy(page, 'runs')).not.toHaveProperty(before);
    await page.setViewportSize({ width: 360, height: 740 });
    const widthOf = (selector: string) =>
      page.evaluate<number>(`document.querySelector('${selector}').getBoundingClientRect().width`);
    await expect
      .poll(() => widthOf('[data-chart=runs] .uplot'))
      .toBeLessThanOrEqual(await widthOf('[data-chart=runs]'));
  });

  it('have a single day in their middle', async () => {
    await using dashboard = await openDashboard(browser);
    const { page, url } = dashboard;
    await page.goto(`${url}/vendor?from=2026-01-31&to=2026-01-31`);
    await page.locator('[data-chart=runs] canvas').waitFor();
    const colour = await colourOf(page, 'successful');
    await expect.poll(() => paintedAtMiddle(page, 'runs')).toContain(colour);
  });

  it('say the numbers of the day that is pointed at, and that a gap is one', async () => {
    await using dashboard = await openDashboard(browser);
    const { page } = dashboard;
    const over = page.locator('[data-chart=runs] .u-over');
    const readout = page.locator('[data-readout=runs]');
    const { width } = (await over.boundingBox()) ?? { width: 0 };
    const pointAt = (day: number) => over.hover({ position: { x: ((day + 0.5) / 30) * width, y: 20 } });
    await pointAt(0);
    await expect
      .poll(() => readout.textContent())
      .toMatch(/^2 Jan: \d+ successful, \d+ failed, \d+ timed out/);
    await pointAt(8);
    await expect.poll(() => readout.textContent()).toBe('10 Jan: no report');
  });
});

describe('the form', () => {
  it('shows other days of one customer, by the keyboard and at an address of their own', async () => {
    await using dashboard = await openDashboard(browser);
    const { page, service } = dashboard;
    await page.getByLabel('From').fill('2026-01-15');
    await page.getByLabel('To', { exact: true }).fill('2026-01-18');
    await page.getByLabel('Customer', { exact: true }).selectOption('Globex');
    await page.getByRole('button', { name: 'Show' }).focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/vendor\?from=2026-01-15&to=2026-01-18&customer=globex$/);
    expect(service.asked).toContain('/overview?from=2026-01-15&to=2026-01-18&customer=globex');
    expect(await page.locator('[data-day]').count()).toBe(4);
    await page.getByText('As the customer has reported them').waitFor();
    await page.getByRole('link', { name: 'Last 7 days' }).click();
    await page.waitForURL(/days=7&customer=globex$/);
    expect(await page.locator('[data-day]').count()).toBe(7);
    expect(await page.getByLabel('Customer', { exact: true }).inputValue()).toBe('globex');
  });

  it('works without a script', async () => {
    await using dashboard = await openDashboard(browser, { javaScriptEnabled: false });
    const { page } = dashboard;
    await page.getByLabel('From').fill('2026-01-29');
    await page.getByRole('button', { name: 'Show' }).click();
    await page.waitForURL(/from=2026-01-29/);
    await page.getByText('The same as a table').click();
    expect(await page.locator('tr[data-day]:visible th').allTextContents()).toEqual([
      '2026-01-31',
      '2026-01-30',
      '2026-01-29',
    ]);
  });

  it('hands the days that are shown over as a file', async () => {
    await using dashboard = await openDashboard(browser);
    const { page } = dashboard;
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download these days as CSV' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('sotto-daily-2026-01-02-2026-01-31.csv');
  });
});

const ATTACKS = [
  `</script><img src=x onerror="document.title='owned'">`,
  `' autofocus onfocus=document.title='owned' x='`,
  `javascript:document.title='owned'`,
];

it.each(ATTACKS)('shows what others have written as text: %j', async (attack) => {
  await using dashboard = await openDashboard(browser, {
    prepare: (service) => {
      service.customers = service.customers.map((customer) => ({
        ...customer,
        customer_id: attack,
        customer_name: attack,
      }));
      const groups = [{ label: attack, count: 3 }];
      service.change = (overview) => ({
        ...overview,
        runs_by_trigger: groups,
        runs_by_agent: groups,
        top_errors: groups,
      });
    },
  });
  const { page, complaints } = dashboard;
  expect(await page.locator('.bars code').allTextContents()).toEqual([attack, attack, attack]);
  expect(await page.locator('.customers-table th a').first().textContent()).toBe(attack);
  expect(await page.locator('main :is(img, script, iframe)').count()).toBe(0);
  expect(await page.title()).toBe('Dashboard · Sotto');
  expect(complaints).toEqual([]);
});

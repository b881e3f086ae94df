import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { openLocalApiToken } from '../../../src/store/index.js';
import { prefixOf, uniqueApp } from '../../support/wiring.js';
import { launchChromium } from '../support/chromium.js';
import { passDoubleClick, stopClock } from '../support/clock.js';
import { openPerson } from './open-person.js';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

const box = (page: Page, name: string) => page.getByRole('checkbox', { name });
const title = (page: Page) => page.locator('#state-title');
const said = (page: Page, text: string) => page.locator('[data-message]').getByText(text).waitFor();

const failure = (status = 500) =>
  new Response(JSON.stringify({ code: 'SERVER_FAILED', detail: 'It failed.' }), {
    status,
    headers: { 'content-type': 'application/problem+json' },
  });

describe('the switches', () => {
  it.each([true, false])('do what they say, with script or without: script %s', async (javaScriptEnabled) => {
    await using person = await openPerson(browser, { javaScriptEnabled });
    const { page, wiring } = person;
    if (javaScriptEnabled) await page.clock.install();
    const set = async (label: string, wanted: boolean) => {
      const checkbox = box(page, label);
      if (javaScriptEnabled) await passDoubleClick(page);
      await checkbox.setChecked(wanted, { noWaitAfter: true });
      if (!javaScriptEnabled) await page.getByRole('button', { name: `Save: ${label}` }).click();
      await expect.poll(() => box(page, label).isChecked()).toBe(wanted);
      await expect.poll(() => box(page, label).isEnabled()).toBe(true);
    };
    expect(await title(page).textContent()).toBe('Telemetry is on');

    await set('Dry run', true);
    await expect.poll(() => title(page).textContent()).toBe('Nothing leaves this machine');
    expect(wiring.telemetry.status().mode).toBe('local');
    await set('Dry run', false);
    await set('Crash reports', true);
    expect(wiring.telemetry.status().switches.crashReporting).toBe(true);
    await set('Diagnostics', true);
    await page.getByRole('link', { name: 'Download diagnostics' }).waitFor();
    await set('Enable telemetry', false);
    await expect.poll(() => title(page).textContent()).toBe('Telemetry is off');
    expect(wiring.telemetry.status().mode).toBe('off');
    expect(await box(page, 'Crash reports').isDisabled()).toBe(true);
    await set('Enable telemetry', true);
    await expect.poll(() => title(page).textContent()).toBe('Telemetry is on');
    expect(person.complaints).toEqual([]);
  });

  it('show what holds when a change fails, and say so', async () => {
    await using person = await openPerson(browser);
    const { page, instead } = person;
    instead.set('POST /settings', () => failure());
    await box(page, 'Enable telemetry').click();
    await said(page, 'It failed.');
    expect(await box(page, 'Enable telemetry').isChecked()).toBe(true);
    expect(await title(page).textContent()).toBe('Telemetry is on');
  });

  it('are not there while no answer comes, and come back with it', async () => {
    await using person = await openPerson(browser);
    const { page, context } = person;
    await page.locator('[data-live=live]').waitFor();
    await context.setOffline(true);
    await box(page, 'Dry run').click();
    await said(page, 'it is not known whether the change was saved');
    await expect.poll(() => title(page).textContent()).toBe('It is not known what happens now');
    expect(await page.getByRole('checkbox').count()).toBe(0);
    await context.setOffline(false);
    await page.getByRole('link', { name: 'Try again' }).click();
    await expect.poll(() => title(page).textContent()).toBe('Telemetry is on');
    expect(await box(page, 'Dry run').isChecked()).toBe(false);
  });

  it('send one request however often they are pressed, and say that it takes long', async () => {
    await using person = await openPerson(browser);
    const { page, instead, calls } = person;
    let answer = () => {};
    instead.set('POST /settings', () => {
      instead.delete('POST /settings');
      return new Promise((resolve) => {
        answer = () => resolve(failure(507));
      });
    });
    await box(page, 'Dry run').dblclick();
    await said(page, 'Still saving');
    expect(await box(page, 'Dry run').isDisabled()).toBe(true);
    answer();
    await said(page, 'It failed.');
    expect(calls.filter((call) => call === 'POST /settings')).toHaveLength(1);
  });

  it('take a double click for one, also when the first half is saved at once', async () => {
    await using person = await openPerson(browser);
    const { page, calls } = person;
    const checkbox = box(page, 'Dry run');
    const saves = () => calls.filter((call) => call === 'POST /settings').length;
    await stopClock(page);
    await checkbox.click();
    await said(page, 'Saved.');
    await expect.poll(() => checkbox.isEnabled()).toBe(true);
    await checkbox.click();
    expect([await checkbox.isChecked(), await checkbox.isEnabled(), saves()]).toEqual([true, true, 1]);
    await passDoubleClick(page);
    await checkbox.click();
    await expect.poll(saves).toBe(2);
    await expect.poll(() => checkbox.isEnabled()).toBe(true);
    expect(await checkbox.isChecked()).toBe(false);
  });

  it('are reached and pressed by the keyboard alone, and keep the focus', async () => {
    await using person = await openPerson(browser);
    const { page } = person;
    const focused = () => page.evaluate<string>('document.activeElement.id');
    for (let presses = 0; presses < 20 && (await focused()) !== 'switch-dry_run'; presses += 1)
      await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await said(page, 'Saved.');
    await expect.poll(focused).toBe('switch-dry_run');
    expect(await box(page, 'Dry run').isChecked()).toBe(true);
  });

  it('say what they cannot change, and never claim to be on', async () => {
    const app = uniqueApp();
    const variable = `${prefixOf(app)}_TELEMETRY_ENABLED`;
    process.env[variable] = 'false';
    onTestFinished(() => void delete process.env[variable]);
    await using person = await openPerson(browser, { options: { app } });
    const { page, wiring } = person;
    const checkbox = box(page, 'Enable telemetry');
    expect([await checkbox.isChecked(), await checkbox.isDisabled()]).toEqual([false, true]);
    const held = await page.locator('[data-switch=telemetry]').textContent();
    expect(held).toContain('This cannot be switched on here.');
    expect(held).toContain(variable);
    expect(await title(page).textContent()).toBe('Telemetry is off');
    await page.getByText('Everything that has a say').click();
    expect(await page.locator('.layers').textContent()).toContain(variable);
    expect(wiring.telemetry.status().mode).toBe('off');
  });

  it('let a yes be taken back that does not count now', async () => {
    const app = uniqueApp();
    await using person = await openPerson(browser, { options: { app } });
    const { page, calls } = person;
    await page.clock.install();
    await box(page, 'Enable telemetry').uncheck();
    await said(page, 'Saved.');
    await passDoubleClick(page);
    await box(page, 'Enable telemetry').check();
    await said(page, 'Saved. Nothing leaves this machine.');
    person.instead.set('GET /why', () =>
      Response.json({
        mode: 'off',
        host: null,
        why: { layer: 'machine_policy', source: '/etc/x', message: 'The machine says no.', fix: 'Ask.' },
        switches: {},
        layers: [{ kind: 'off', about: 'telemetry', layer: 'machine_policy', source: '/etc/x', fix: 'Ask.' }],
      }),
    );
    await page.reload();
    const before = calls.length;
    await page.getByRole('button', { name: 'Take back my yes' }).click();
    await said(page, 'Saved. Telemetry is off.');
    expect(calls.slice(before)).toContain('POST /settings');
    person.instead.delete('GET /why');
    await expect.poll(() => person.wiring.telemetry.status().why.layer).toBe('consent_file');
  });

  it('are not there while it is not known what holds', async () => {
    await using person = await openPerson(browser);
    const { page, instead, home } = person;
    for (const answer of [
      () => failure(),
      () => new Response('<html>'),
      () => Response.json({ mode: 'on' }),
    ]) {
      instead.set('GET /why', answer);
      await page.goto(home);
      expect(await title(page).textContent()).toBe('It is not known what happens now');
      expect(await page.getByRole('checkbox').count()).toBe(0);
    }
  });

  it('lead to the form when the token was renewed', async () => {
    await using person = await openPerson(browser);
    const { page, wiring, url } = person;
    openLocalApiToken(wiring.directory, { renew: true });
    await box(page, 'Dry run').click();
    await page.waitForURL(`${url}/sign-in`);
  });
});

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../support/chromium.js';
import { serveApp } from '../support/serve.js';
import { openPerson } from './open-person.js';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

/** A program of somebody else on the same machine, and everything that browsers have told it. */
async function serveOtherProgram(html: string) {
  const heard: string[] = [];
  const served = await serveApp({
    fetch: ({ url, headers }) => {
      heard.push(JSON.stringify([url, ...headers]));
      return new Response(html, { headers: { 'content-type': 'text/html' } });
    },
  });
  return { ...served, heard };
}

describe('a server on another port of the machine', () => {
  it('is told neither the session of a visitor nor where the page stands', async () => {
    await using person = await openPerson(browser);
    await using other = await serveOtherProgram('<p>other</p><img src="/p/guess/image">');
    const { page, context, home } = person;
    const [cookie] = await context.cookies(home);
    const room = new URL(home).pathname;
    expect(cookie).toMatchObject({ path: room.slice(0, -1), httpOnly: true, sameSite: 'Strict' });
    const visitor = await context.newPage();
    await visitor.goto(other.url);
    await page.evaluate(`location.assign(${JSON.stringify(other.url)})`);
    await page.getByText('other').waitFor();
    expect(other.heard.length).toBeGreaterThanOrEqual(2);
    expect(other.heard.join()).not.toContain(cookie?.value);
    expect(other.heard.join()).not.toContain(room);
    expect(other.heard.join()).not.toContain('sotto_person');
  });

  it('gets nothing done by leading a visitor there, even if it knew the place', async () => {
    await using person = await openPerson(browser);
    const { page, home, calls } = person;
    await using other = await serveOtherProgram(`<a href="${home}diagnostics">more</a>`);
    await page.goto(other.url);
    const before = calls.length;
    const answer = page.waitForResponse(`${home}diagnostics`);
    await page.getByRole('link', { name: 'more' }).click();
    expect((await answer).status()).toBe(403);
    expect(calls.slice(before)).toEqual([]);
  });
});

import { getRequestListener } from '@hono/node-server';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { listenOn } from '../../../../src/server/http/index.js';
import { createWebApp, type WebOptions } from '../../../../src/server/web/index.js';
import {
  createVendorService,
  KEY,
  NOW_MS,
  type VendorService,
} from '../../../browser/dashboard/vendor-service.js';
import { FORM, OWN, openWeb, PAGE, type Web } from './open-web.js';

const toHtml = (text: string) =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');

interface Dashboard extends Web {
  readonly vendor: VendorService;
  signInWith(key: string): Promise<Response>;
  /** Look at a path with the session of somebody who is signed in. */
  look(path: string, headers?: Record<string, string>): Promise<Response>;
}

interface Scene extends Partial<WebOptions> {
  readonly isSignedIn?: boolean;
}

async function openDashboard({ isSignedIn = true, ...options }: Scene = {}): Promise<Dashboard> {
  const vendor = createVendorService();
  const web = openWeb({ vendorService: (request) => vendor.app.fetch(request), ...options });
  web.nowMs = NOW_MS;
  const signInWith = (key: string) =>
    web.request('/vendor/sign-in', {
      method: 'POST',
      headers: { ...OWN, ...FORM, ...PAGE },
      body: new URLSearchParams({ token: key }).toString(),
    });
  const answer = isSignedIn ? await signInWith(KEY) : undefined;
  const cookie = answer?.headers.get('set-cookie')?.split(';')[0] ?? '';
  vendor.asked.length = 0;
  return Object.assign(web, {
    vendor,
    signInWith,
    look: (path: string, headers = {}) => web.request(path, { headers: { ...PAGE, cookie, ...headers } }),
  });
}

describe('signing in to the dashboard', () => {
  it('leads there from the page, and needs the key for reading', async () => {
    const { request, signInWith } = await openDashboard({ isSignedIn: false });
    expect((await request('/vendor', { headers: PAGE })).headers.get('location')).toBe('/vendor/sign-in');
    expect((await request('/vendor/daily.csv', { headers: { accept: 'text/csv' } })).status).toBe(401);
    expect(await (await request('/vendor/sign-in', { headers: PAGE })).text()).toContain('VENDOR_READ_KEY');
    const refused = await signInWith('another-key.0123456789');
    expect([refused.status, refused.headers.get('set-cookie')]).toEqual([401, null]);
    expect(await refused.text()).toContain('This is not the key for reading.');
    const accepted = await signInWith(KEY);
    expect([accepted.status, accepted.headers.get('location')]).toEqual([303, '/vendor']);
  });

  it('sets a cookie that is shown to the dashboard alone, and opens no other page', async () => {
    const { request, signInWith } = await openDashboard({ isSignedIn: false });
    const cookie = (await signInWith(KEY)).headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^sotto_vendor_8001=[\w-]{43}; Path=\/vendor; HttpOnly; SameSite=Strict$/);
    const [pair = ''] = cookie.split(';');
    const stolen = pair.replace('sotto_vendor', 'sotto_settings');
    for (const shown of [pair, stolen])
      expect((await request('/settings', { headers: { ...PAGE, cookie: shown } })).status).toBe(303);
  });

  it('binds the cookie to https when that is how people come', async () => {
    const { request } = await openDashboard({ isSignedIn: false, publicUrl: 'https://sotto.example.com' });
    const answer = await request('/vendor/sign-in', {
      method: 'POST',
      headers: { ...FORM, ...PAGE, origin: 'https://sotto.example.com', host: 'web:8080' },
      body: new URLSearchParams({ token: KEY }).toString(),
    });
    expect(answer.headers.get('set-cookie')).toMatch(
      /^__Secure-sotto_vendor=[\w-]{43}; Path=\/vendor; HttpOnly; Secure; SameSite=Strict$/,
    );
  });

  it('says that it could not be checked while the service does not answer', async () => {
    const { vendor, signInWith } = await openDashboard({ isSignedIn: false });
    vendor.instead.set('*', () => Promise.reject(new Error('connect ECONNREFUSED vendor.internal')));
    const answer = await signInWith(KEY);
    expect(answer.status).toBe(503);
    expect(await answer.text()).not.toContain('vendor.internal');
  });

  it('ends when the key is not valid any more', async () => {
    const { vendor, look } = await openDashboard();
    vendor.key = undefined;
    expect((await look('/vendor')).headers.get('location')).toBe('/vendor/sign-in');
    vendor.key = KEY;
    expect((await look('/vendor')).status).toBe(303);
  });

  it('is where the start leads when there is no other page', async () => {
    const { app } = createWebApp({
      vendorService: createVendorService().app.fetch,
      schedule: { heartbeatIntervalSeconds: 300, analyticsHourUtc: 2 },
    });
    expect((await app.request('/')).headers.get('location')).toBe('/vendor');
  });
});

describe('the dashboard', () => {
  it('asks for the last 30 complete days of everybody, and shows the key nowhere', async () => {
    const { vendor, look } = await openDashboard();
    const answer = await look('/vendor');
    expect(answer.status).toBe(200);
    expect(vendor.asked.toSorted()).toEqual(['/customers', '/overview?from=2026-01-02&to=2026-01-31']);
    const page = await answer.text();
    expect(page).not.toContain(KEY);
    expect(page).not.toMatch(/<style|\sstyle=|\son\w+=|<script[^>]*>[^<]|https?:/);
    expect(page).not.toContain('anonym');
  });

  it('asks for the days and the customer that the form names', async () => {
    const { vendor, look } = await openDashboard();
    const page = await (await look('/vendor?from=2026-01-05&to=2026-01-12&customer=acme')).text();
    expect(vendor.asked).toContain('/overview?from=2026-01-05&to=2026-01-12&customer=acme');
    expect(page).toContain('<option value="acme" selected');
    expect(page).toContain('As the customer has reported them');
    expect(page).toContain('href="/vendor/daily.csv?from=2026-01-05&amp;to=2026-01-12&amp;customer=acme"');
  });

  it.each(['from=2026-01-05', 'from=2026-01-05&to=2026-02-01', 'customer=a%20b', 'customer=-1', 'days=1000'])(
    'shows nothing for %s, and says why',
    async (query) => {
      const { vendor, look } = await openDashboard();
      const answer = await look(`/vendor?${query}`);
      expect(answer.status).toBe(422);
      expect(await answer.text()).toContain('Nothing is shown for it.');
      expect(vendor.asked).toEqual(['/customers']);
      expect((await look(`/vendor/daily.csv?${query}`)).status).toBe(422);
    },
  );

  it('marks a day without a report as such, and not as 0', async () => {
    const { look } = await openDashboard();
    const page = await (await look('/vendor')).text();
    const row = /<tr data-day="2026-01-10">(.*?)<\/tr>/.exec(page)?.[1] ?? '';
    expect(row).toContain('no report');
    expect(row).not.toMatch(/>0|data-label/);
    expect(page).toContain('3 days have no report');
  });

  it('says what to do next where nobody has a licence', async () => {
    const { vendor, look } = await openDashboard();
    vendor.customers = [];
    const page = await (await look('/vendor')).text();
    expect(page).toContain('sotto license create --customer acme');
    expect(page).not.toContain('Runs per day');
  });

  it('says that no report has come, which is not the same as no runs', async () => {
    const { vendor, look } = await openDashboard();
    vendor.change = ({ days, ...overview }) => ({
      ...overview,
      days: days.map((day) => ({ ...day, customers: 0 })),
    });
    const page = await (await look('/vendor')).text();
    expect(page).toContain('No report of these days has come.');
    expect(page).not.toContain('data-chart');
  });

  it.each<[string, () => Response | Promise<Response>]>([
    ['fails', () => new Response('boom at 10.0.0.7', { status: 500 })],
    ['cannot be reached', () => Promise.reject(new Error('ECONNREFUSED 10.0.0.7'))],
    ['says something else', () => Response.json({ ok: true })],
    ['answers with a page', () => new Response('<h1>proxy</h1>')],
  ])('says that it is not known when the service %s', async (_what, answer) => {
    const { vendor, look } = await openDashboard();
    vendor.instead.set('*', answer);
    const shown = await look('/vendor');
    expect(shown.status).toBe(502);
    const page = await shown.text();
    expect(page).toContain('It is not known what was reported of these days');
    expect(page).toContain('It is not known who the customers are');
    expect(page).not.toMatch(/10\.0\.0\.7|proxy|<strong>0|Nobody has a licence/);
  });

  it('shows what is known when the rest is not', async () => {
    const { vendor, look } = await openDashboard();
    vendor.instead.set('/overview', () => new Response('', { status: 503 }));
    const page = await (await look('/vendor')).text();
    expect(page).toContain('Acme Ltd');
    expect(page).toContain('It is not known what was reported of these days');
  });

  it('does not believe an answer to another question', async () => {
    const { vendor, look } = await openDashboard();
    vendor.change = (overview) => ({ ...overview, customer_id: 'globex' });
    expect((await look('/vendor')).status).toBe(502);
  });

  it.each([`</script><img src=x onerror="alert(1)">`, `"><svg onload=alert(1)>`, `' autofocus x='`])(
    'shows what a customer is called as text: %j',
    async (name) => {
      const { vendor, look } = await openDashboard();
      const [acme, ...others] = vendor.customers;
      if (acme === undefined) throw new Error('There is no customer.');
      vendor.customers = [{ ...acme, customer_id: name, customer_name: name }, ...others];
      vendor.change = (overview) => ({ ...overview, top_errors: [{ label: name, count: 1 }] });
      const page = await (await look('/vendor')).text();
      expect(page).not.toContain(name);
      expect(page.split(toHtml(name)).length - 1).toBeGreaterThanOrEqual(3);
    },
  );
});

it.each([
  ['dashboard.css', 'text/css; charset=utf-8'],
  ['dashboard.js', 'text/javascript; charset=utf-8'],
  ['charts.js', 'text/javascript; charset=utf-8'],
])('the asset %s comes with its type, and names no host', async (name, type) => {
  const { request } = await openDashboard({ isSignedIn: false });
  const answer = await request(`/assets/${name}`);
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, type]);
  expect(await answer.text()).not.toMatch(/https?:|\/\/\w+\.\w/);
});

it('shows what hides in the name of a customer, rather than do what it says', async () => {
  const { vendor, look } = await openDashboard();
  const [acme, ...others] = vendor.customers;
  if (acme === undefined) throw new Error('There is no customer.');
  vendor.customers = [{ ...acme, customer_name: 'Acme \u202egnp.exe\u2066 \u2028می\u200cخواهم' }, ...others];
  const page = await (await look('/vendor')).text();
  expect(page).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u2028]/);
  expect(page.split('Acme \ufffdgnp.exe\ufffd \ufffdمی\u200cخواهم')).toHaveLength(3);
  expect(page).toContain('<bdi>Acme \ufffd');
});

/** A file whose first line has come, and the hand that writes the others. */
function openFile(): {
  readonly file: Response;
  readonly source: ReadableStreamDefaultController<Uint8Array>;
} {
  let source: ReadableStreamDefaultController<Uint8Array> | undefined;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      source = controller;
      controller.enqueue(new TextEncoder().encode('line 1\r\n'));
    },
  });
  if (source === undefined) throw new Error('A stream starts at once.');
  return { file: new Response(body, { headers: { 'content-type': 'text/csv' } }), source };
}

describe('the file', () => {
  it('is that of the service, by a name of its days', async () => {
    const { vendor, look } = await openDashboard();
    const answer = await look('/vendor/daily.csv?from=2026-01-05&to=2026-01-12&customer=acme');
    expect(vendor.asked).toEqual(['/daily.csv?from=2026-01-05&to=2026-01-12&customer=acme']);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="sotto-daily-acme-2026-01-05-2026-01-12.csv"',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
    expect(await answer.text()).toMatch(/^date,customer_id,revision,.*\r\n2026-01-31,acme,1,/);
  });

  it('is handed on while it comes, and breaks off with the session that asked for it', async () => {
    const dashboard = await openDashboard();
    const { vendor, look } = dashboard;
    let told = 0;
    vendor.instead.set('/daily.csv', () => {
      const body = new ReadableStream<Uint8Array>({
        pull(controller) {
          told += 1;
          controller.enqueue(new TextEncoder().encode(`line ${told}\r\n`));
        },
      });
      return new Response(body, { headers: { 'content-type': 'text/csv' } });
    });
    const reader = (await look('/vendor/daily.csv')).body?.pipeThrough(new TextDecoderStream()).getReader();
    expect(await reader?.read()).toEqual({ done: false, value: 'line 1\r\n' });
    expect(await reader?.read()).toEqual({ done: false, value: 'line 2\r\n' });
    dashboard.nowMs += 12 * 3_600_000;
    const readOn = async () => {
      // What was on its way already may still come.
      for (let rest = 0; rest < 5; rest += 1) if ((await reader?.read())?.done) return 'ended';
      return 'went on';
    };
    await expect(readOn()).rejects.toThrow('The session ended');
  });

  it('that has come through is whole, though the session ends at that moment', async () => {
    const dashboard = await openDashboard();
    const { file, source } = openFile();
    dashboard.vendor.instead.set('/daily.csv', () => file);
    const reader = (await dashboard.look('/vendor/daily.csv')).body?.getReader();
    expect((await reader?.read())?.done).toBe(false);
    dashboard.nowMs += 12 * 3_600_000;
    source.close();
    expect((await reader?.read())?.done).toBe(true);
  });

  it('is a failed download to a browser when the session ends before it is through', async () => {
    // The adapter tells of a stream that fails.
    const told = vi.spyOn(console, 'error').mockImplementation(() => {});
    onTestFinished(() => told.mockRestore());
    const vendor = createVendorService();
    const { file, source } = openFile();
    vendor.instead.set('/daily.csv', () => file);
    let nowMs = NOW_MS;
    const { app } = createWebApp({
      vendorService: vendor.app.fetch,
      schedule: { heartbeatIntervalSeconds: 300, analyticsHourUtc: 2 },
      now: () => nowMs,
    });
    const listener = getRequestListener(app.fetch, { overrideGlobalObjects: false });
    const { url, stop } = await listenOn(listener, 0);
    onTestFinished(stop);
    const signedIn = await fetch(`${url}/vendor/sign-in`, {
      method: 'POST',
      redirect: 'manual',
      headers: { origin: url, 'sec-fetch-site': 'same-origin' },
      body: new URLSearchParams({ token: KEY }),
    });
    const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? '';
    const answer = await fetch(`${url}/vendor/daily.csv`, { headers: { cookie } });
    const reader = answer.body?.getReader();
    expect([answer.status, (await reader?.read())?.done]).toEqual([200, false]);
    nowMs += 12 * 3_600_000;
    source.enqueue(new TextEncoder().encode('line 2\r\n'));
    await expect(reader?.read()).rejects.toThrow();
  });

  it.each<[string, number, () => Response]>([
    ['a failure', 502, () => new Response('boom', { status: 500 })],
    ['a page', 502, () => new Response('<h1>', { headers: { 'content-type': 'text/html' } })],
    ['no key', 303, () => new Response('', { status: 401 })],
  ])('is not made of %s', async (_what, status, answer) => {
    const { vendor, look } = await openDashboard();
    vendor.instead.set('/daily.csv', answer);
    const shown = await look('/vendor/daily.csv');
    expect(shown.status).toBe(status);
    expect(shown.headers.get('content-disposition')).toBeNull();
  });

  it('is not handed to a page of another origin, while links to the dashboard lead to it', async () => {
    const { look } = await openDashboard();
    expect((await look('/vendor/daily.csv', { 'sec-fetch-site': 'same-site' })).status).toBe(403);
    expect((await look('/vendor', { 'sec-fetch-site': 'cross-site' })).status).toBe(200);
  });
});

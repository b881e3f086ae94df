import { describe, expect, it } from 'vitest';
import { ADMIN, READER } from '../../../browser/settings/settings-service.js';
import { FORM, OWN, openWeb, PAGE } from './open-web.js';

const API = '/api/config/me/org-settings';
const JSON_TYPE = { 'content-type': 'application/json' };
const NO = '{"telemetry_enabled":false}';

describe('a change with a session', () => {
  it.each<[string, Record<string, string>]>([
    ['from another site', { origin: 'https://elsewhere.test', 'sec-fetch-site': 'cross-site' }],
    ['from another port of this machine', { origin: 'http://127.0.0.1:9999', 'sec-fetch-site': 'same-site' }],
    ['from an address typed in', { 'sec-fetch-site': 'none' }],
    ['from a sandboxed frame', { origin: 'null', 'sec-fetch-site': 'cross-site' }],
    ['from nobody knows where', {}],
    [
      'with an origin that lies about the site',
      { origin: 'http://elsewhere.test', 'sec-fetch-site': 'same-origin' },
    ],
  ])('is refused %s, even with the right token', async (_where, headers) => {
    const web = openWeb();
    const { cookie, csrf } = await web.signIn();
    const form = await web.request('/settings/telemetry', {
      method: 'POST',
      headers: { ...FORM, ...PAGE, ...headers, cookie },
      body: new URLSearchParams({ csrf, telemetry_enabled: 'false' }).toString(),
    });
    const script = await web.request(API, {
      method: 'PUT',
      headers: { ...JSON_TYPE, ...headers, cookie, 'x-csrf-token': csrf },
      body: NO,
    });
    expect([form.status, script.status]).toEqual([403, 403]);
    expect(web.service.puts).toEqual([]);
  });

  it.each([undefined, '', 'x', 'a'.repeat(43)])('is refused with the token %j', async (csrf) => {
    const web = openWeb();
    const { cookie } = await web.signIn();
    const fields = { telemetry_enabled: 'false', ...(csrf !== undefined && { csrf }) };
    for (const path of ['/settings/telemetry', '/settings/sign-out']) {
      const answer = await web.request(path, {
        method: 'POST',
        headers: { ...OWN, ...FORM, ...PAGE, cookie },
        body: new URLSearchParams(fields).toString(),
      });
      expect(answer.status).toBe(403);
    }
    const script = await web.request(API, {
      method: 'PUT',
      headers: { ...OWN, ...JSON_TYPE, cookie, ...(csrf !== undefined && { 'x-csrf-token': csrf }) },
      body: NO,
    });
    expect(script.status).toBe(403);
    expect(web.service.puts).toEqual([]);
    expect((await web.request('/settings', { headers: { ...PAGE, cookie } })).status).toBe(200);
  });

  it('is refused with the token of another session', async () => {
    const web = openWeb();
    const [{ cookie }, other] = [await web.signIn(), await web.signIn(READER)];
    const script = await web.request(API, {
      method: 'PUT',
      headers: { ...OWN, ...JSON_TYPE, cookie, 'x-csrf-token': other.csrf },
      body: NO,
    });
    expect(script.status).toBe(403);
  });

  it('passes from a page of its own, also behind another address', async () => {
    const web = openWeb({ publicUrl: 'https://sotto.example.com' });
    const answer = await web.request('/settings/sign-in', {
      method: 'POST',
      headers: { ...FORM, origin: 'https://sotto.example.com', host: 'web:8080' },
      body: `token=${ADMIN}`,
    });
    const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? '';
    const page = await (await web.request('/settings', { headers: { ...PAGE, cookie } })).text();
    const csrf = /name="csrf" value="([^"]+)"/.exec(page)?.[1] ?? '';
    const put = (origin: string) =>
      web.request(API, {
        method: 'PUT',
        headers: { ...JSON_TYPE, origin, host: 'web:8080', cookie, 'x-csrf-token': csrf },
        body: NO,
      });
    expect((await put('https://other.example.com')).status).toBe(403);
    expect((await put('http://web:8080')).status).toBe(403);
    expect((await put('https://sotto.example.com')).status).toBe(200);
  });

  it.each([{ telemetry_enabled: 'yes' }, {}, { telemetry_enabled: 'true', etag: 'a\r\nb' }])(
    'is refused when our form never says it: %j',
    async (fields) => {
      const web = openWeb();
      const { cookie, csrf } = await web.signIn();
      const answer = await web.request('/settings/telemetry', {
        method: 'POST',
        headers: { ...OWN, ...FORM, ...PAGE, cookie },
        body: new URLSearchParams({ csrf, ...(fields as Record<string, string>) }).toString(),
      });
      expect(answer.status).toBe(422);
      expect(web.service.puts).toEqual([]);
    },
  );

  it('is refused when it is far too large', async () => {
    const web = openWeb();
    const { cookie, csrf } = await web.signIn();
    const form = await web.request('/settings/telemetry', {
      method: 'POST',
      headers: { ...OWN, ...FORM, ...PAGE, cookie },
      body: `csrf=${csrf}&x=${'x'.repeat(10_000)}`,
    });
    const script = await web.request(API, {
      method: 'PUT',
      headers: { ...OWN, ...JSON_TYPE, cookie, 'x-csrf-token': csrf },
      body: 'x'.repeat(10_000_000),
    });
    expect([form.status, script.status]).toEqual([413, 413]);
    expect(web.service.puts).toEqual([]);
  });
});

describe('what is not there', () => {
  it('is told as a page to people and as a problem to programs', async () => {
    const { request } = openWeb();
    const page = await request('/nowhere/<script>', { headers: PAGE });
    expect(page.status).toBe(404);
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(await page.text()).not.toContain('nowhere');
    const answer = await request('/nowhere');
    expect(await answer.json()).toMatchObject({ status: 404, code: 'REQUEST_NOT_FOUND' });
  });

  it('names the methods that are', async () => {
    const { request } = openWeb();
    const answer = await request('/settings/sign-out', { headers: PAGE });
    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe('POST');
  });
});

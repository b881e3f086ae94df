import { describe, expect, it } from 'vitest';
import { openWeb, PAGE } from './open-web.js';

const nonceOf = (answer: Response) =>
  /script-src 'nonce-([^']+)'/.exec(answer.headers.get('content-security-policy') ?? '')?.[1];

describe('every answer', () => {
  it.each([
    '/settings',
    '/settings/sign-in',
    '/signed-out',
    '/nowhere',
    '/assets/sotto.css',
    '/api/config/me/org-settings',
  ])('of %s is guarded by its headers', async (path) => {
    const web = openWeb();
    const { cookie } = await web.signIn();
    const answer = await web.request(path, { headers: { ...PAGE, cookie } });
    expect(answer.headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; script-src 'nonce-[\w+/]{22}=='; style-src 'nonce-[\w+/]{22}=='; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'$/,
    );
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': expect.stringContaining('camera=()'),
      'cache-control': path.startsWith('/assets/') ? 'no-cache' : 'no-store',
    });
  });

  it('has a nonce of its own, which each script and stylesheet of the page carries', async () => {
    const web = openWeb();
    const { cookie } = await web.signIn();
    const [one, two] = [
      await web.request('/settings', { headers: { ...PAGE, cookie } }),
      await web.request('/settings', { headers: { ...PAGE, cookie } }),
    ];
    expect(nonceOf(one)).not.toBe(nonceOf(two));
    const loads = (await one.text()).match(/<(?:script|link rel="stylesheet")[^>]*>/g) ?? [];
    expect(loads.length).toBeGreaterThanOrEqual(2);
    for (const tag of loads) expect(tag).toContain(`nonce="${nonceOf(one)}"`);
  });

  it('has nothing inline: no script, no style, no handler', async () => {
    const web = openWeb();
    const { cookie } = await web.signIn();
    const page = await (await web.request('/settings', { headers: { ...PAGE, cookie } })).text();
    expect(page).not.toMatch(/<style|\sstyle=|\son\w+=|<script[^>]*>[^<]/);
    expect(page).not.toContain('anonym');
  });
});

describe('assets', () => {
  it.each([
    ['sotto.css', 'text/css; charset=utf-8'],
    ['settings.js', 'text/javascript; charset=utf-8'],
    ['icon.svg', 'image/svg+xml'],
    ['uPlot.iife.min.js', 'text/javascript; charset=utf-8'],
    ['uPlot.min.css', 'text/css; charset=utf-8'],
  ])('%s comes with its type, and not again while it is the same', async (name, type) => {
    const { request } = openWeb();
    const answer = await request(`/assets/${name}`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe(type);
    const etag = answer.headers.get('etag') ?? '';
    const again = await request(`/assets/${name}`, { headers: { 'if-none-match': etag } });
    expect(again.status).toBe(304);
    expect((await request(`/assets/${name}`, { headers: { 'if-none-match': '"other"' } })).status).toBe(200);
  });

  it.each([
    '..%2fasset-files.ts',
    '%2e%2e/package.json',
    'sotto.css%00',
    'constructor',
    '__proto__',
    'toString',
  ])('are a fixed list: %s is not there', async (name) => {
    const { request } = openWeb();
    expect((await request(`/assets/${name}`)).status).toBe(404);
  });

  it('name no host', async () => {
    const { request } = openWeb();
    for (const name of ['sotto.css', 'settings.js']) {
      expect(await (await request(`/assets/${name}`)).text()).not.toMatch(/https?:|\/\/\w+\.\w/);
    }
  });
});

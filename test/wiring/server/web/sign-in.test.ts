import { describe, expect, it } from 'vitest';
import { ADMIN, problem, READER } from '../../../browser/settings/settings-service.js';
import { FORM, OWN, openWeb, PAGE } from './open-web.js';

const post = (token: string, headers: Record<string, string> = {}) => ({
  method: 'POST',
  headers: { ...OWN, ...FORM, ...PAGE, ...headers },
  body: new URLSearchParams({ token }).toString(),
});

describe('signing in', () => {
  it('leads from the start and from the settings to the form', async () => {
    const { request } = openWeb();
    expect((await request('/', { headers: PAGE })).headers.get('location')).toBe('/settings');
    expect((await request('/settings', { headers: PAGE })).headers.get('location')).toBe('/settings/sign-in');
    expect((await request('/settings', { headers: { accept: 'application/json' } })).status).toBe(401);
  });

  it('sets a cookie that no script and no other site can use', async () => {
    const { request } = openWeb();
    const answer = await request('/settings/sign-in', post(ADMIN));
    expect(answer.status).toBe(303);
    const cookie = answer.headers.get('set-cookie');
    expect(cookie).toMatch(/^sotto_settings_8001=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
  });

  it('binds the cookie to the host and to https when that is how people come', async () => {
    const { request } = openWeb({ publicUrl: 'https://sotto.example.com' });
    const headers = { origin: 'https://sotto.example.com', host: 'web:8080' };
    const answer = await request('/settings/sign-in', post(ADMIN, headers));
    expect(answer.headers.get('set-cookie')).toMatch(
      /^__Host-sotto_settings=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    );
  });

  it.each([
    ['a wrong token', 'nobody.secret', 401],
    ['nothing', '', 401],
    ['what cannot stand in a header', 'a\r\nx-injected: 1', 401],
    ['a very long text', 'x'.repeat(2_000), 401],
  ])('refuses %s without showing it', async (_what, token, status) => {
    const { request } = openWeb();
    const answer = await request('/settings/sign-in', post(token));
    expect(answer.status).toBe(status);
    expect(answer.headers.get('set-cookie')).toBeNull();
    const text = await answer.text();
    expect(text).toContain('This token is not valid');
    if (token !== '') expect(text).not.toContain(token);
  });

  it('says that the service does not answer, and names no host', async () => {
    const { request } = openWeb({
      configService: () => Promise.reject(new Error('connect ECONNREFUSED config.internal:8080')),
    });
    const answer = await request('/settings/sign-in', post(ADMIN));
    expect(answer.status).toBe(503);
    const text = await answer.text();
    expect(text).toContain('does not answer');
    expect(text).not.toContain('config.internal');
    expect(answer.headers.get('set-cookie')).toBeNull();
  });

  it('slows down guessing', async () => {
    const { request } = openWeb();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => request('/settings/sign-in', post('nobody.secret'))),
    );
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThanOrEqual(10);
    expect(refused[0]?.headers.get('retry-after')).toBe('1');
  });

  it('keeps nobody out who has a token, however many others guess', async () => {
    const { request } = openWeb();
    const flood = Array.from({ length: 40 }, () => request('/settings/sign-in', post('nobody.secret')));
    await Promise.all(flood);
    expect((await request('/settings/sign-in', post(ADMIN))).status).toBe(303);
  });

  it('takes no session id that somebody else has chosen', async () => {
    const web = openWeb();
    const planted = `sotto_settings_8001=${'a'.repeat(43)}`;
    const answer = await web.request('/settings/sign-in', post(ADMIN, { cookie: planted }));
    expect(answer.headers.get('set-cookie')).not.toContain('a'.repeat(43));
    expect((await web.request('/settings', { headers: { ...PAGE, cookie: planted } })).status).toBe(303);
  });

  it('ends the session before when somebody signs in again', async () => {
    const web = openWeb();
    const { cookie } = await web.signIn();
    await web.request('/settings/sign-in', post(READER, { cookie }));
    expect((await web.request('/settings', { headers: { ...PAGE, cookie } })).status).toBe(303);
  });

  it('needs a form of its own: nobody is signed in from another page', async () => {
    const { request } = openWeb();
    const foreign = { origin: 'http://elsewhere.test', 'sec-fetch-site': 'cross-site' };
    expect((await request('/settings/sign-in', post(ADMIN, foreign))).status).toBe(403);
  });
});

describe('a session', () => {
  it('ends on the server when somebody signs out', async () => {
    const web = openWeb();
    const { cookie, csrf } = await web.signIn();
    const answer = await web.request('/settings/sign-out', {
      method: 'POST',
      headers: { ...OWN, ...FORM, ...PAGE, cookie },
      body: new URLSearchParams({ csrf }).toString(),
    });
    expect(answer.headers.get('location')).toBe('/signed-out');
    expect(answer.headers.get('set-cookie')).toContain('Max-Age=0');
    expect(await (await web.request('/signed-out', { headers: PAGE })).text()).toContain(
      'You are signed out',
    );
    expect((await web.request('/settings', { headers: { ...PAGE, cookie } })).status).toBe(303);
  });

  it('ends when it is not used for two hours, and after twelve in any case', async () => {
    const web = openWeb();
    const { cookie } = await web.signIn();
    const look = async () => (await web.request('/settings', { headers: { ...PAGE, cookie } })).status;
    for (let hours = 1; hours < 12; hours += 1) {
      web.nowMs += 3_600_000;
      expect(await look()).toBe(200);
    }
    web.nowMs += 3_600_000;
    expect(await look()).toBe(303);

    const idle = await web.signIn();
    web.nowMs += 2 * 3_600_000;
    expect((await web.request('/settings', { headers: { ...PAGE, cookie: idle.cookie } })).status).toBe(303);
  });

  it('ends when the service does not know its token any more', async () => {
    const web = openWeb();
    const { cookie } = await web.signIn();
    web.service.tokens.clear();
    const answer = await web.request('/settings', { headers: { ...PAGE, cookie } });
    expect(answer.headers.get('location')).toBe('/settings/sign-in');
    web.service.tokens.set(ADMIN, {
      org_id: 'extend',
      team_node_id: null,
      scope: 'admin',
      telemetry_stopped: false,
    });
    expect((await web.request('/settings', { headers: { ...PAGE, cookie } })).status).toBe(303);
  });

  it('never shows its token, whatever page is asked for', async () => {
    const web = openWeb();
    const { cookie } = await web.signIn();
    for (const path of ['/settings', '/settings/sign-in', '/nowhere', '/api/config/me/org-settings']) {
      const answer = await web.request(path, { headers: { ...PAGE, cookie } });
      expect(await answer.text()).not.toContain(ADMIN);
    }
    web.service.instead.set('*', () => problem(500, 'broken'));
    expect(await (await web.request('/settings', { headers: { ...PAGE, cookie } })).text()).not.toContain(
      ADMIN,
    );
  });
});

import { expect, it } from 'vitest';
import { createWebApp } from '../../../../src/server/web/index.js';
import { HOST, ORIGIN, PAGE } from './open-web.js';

function openPerson() {
  const clock = { nowMs: 0 };
  const { app, createSignInPath = () => expect.fail('there is no person') } = createWebApp({
    person: { app: 'acme', basePath: '/api/telemetry', localApi: () => new Response('{}') },
    schedule: { heartbeatIntervalSeconds: 300, analyticsHourUtc: 2 },
    now: () => clock.nowMs,
  });
  const request = async (path: string, init: RequestInit = {}) =>
    app.request(`${ORIGIN}${path}`, { ...init, headers: { ...PAGE, host: HOST } });
  return { clock, createSignInPath, request };
}

it('lets a browser in once, by a page that leads on', async () => {
  const { createSignInPath, request } = openPerson();
  const path = createSignInPath('person-token');
  expect(path).toMatch(/^\/sign-in\/[\w-]{43}$/);
  const answer = await request(path);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('set-cookie')).toMatch(
    /^sotto_person_8001=[\w-]{43}; Path=\/p\/[\w-]{24}; HttpOnly; SameSite=Strict$/,
  );
  expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
  const text = await answer.text();
  expect(text).toMatch(/<meta http-equiv="refresh" content="0; url=\/p\/[\w-]{24}\/"\/>/);
  expect(text).not.toContain('person-token');

  const again = await request(path);
  expect([again.status, again.headers.get('set-cookie')]).toEqual([404, null]);
});

it('is not used up by a look at the head', async () => {
  const { createSignInPath, request } = openPerson();
  const path = createSignInPath('person-token');
  expect((await request(path, { method: 'HEAD' })).status).toBe(404);
  expect((await request(path)).status).toBe(200);
});

it('is over after a minute', async () => {
  const { clock, createSignInPath, request } = openPerson();
  const path = createSignInPath('person-token');
  clock.nowMs += 60_000;
  expect((await request(path)).status).toBe(404);
});

it('has no settings page without a settings service', async () => {
  const { request } = openPerson();
  expect((await request('/settings')).status).toBe(404);
  expect((await request('/api/config/me/org-settings')).status).toBe(404);
});

import { describe, expect, it } from 'vitest';
import { createWebApp } from '../../../../src/server/web/index.js';
import { ADMIN, createSettingsService, problem } from '../../../browser/settings/settings-service.js';
import { FORM, HOST, ORIGIN, OWN, PAGE } from './open-web.js';

const TOKEN = 'token-of-the-person';
const SETTINGS = {
  settings: { telemetry_opt_in: true, crash_opt_in: true, diagnostics_opt_in: true, dry_run: false },
  health: { warnings: [] },
};

const EVENT_STREAM = 'text/event-stream; charset=utf-8';

/** Events that nobody ends. */
const events = () =>
  new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(new TextEncoder().encode('data: {}\n\n')),
  });

/** A web app with both pages, in front of a local API that knows one token. */
function openBoth(publicUrl?: string) {
  const service = createSettingsService();
  const clock = { nowMs: 0 };
  const calls: string[] = [];
  const { app, createSignInPath = () => expect.fail('there is no person') } = createWebApp({
    configService: (request) => service.app.fetch(request),
    person: {
      app: 'acme',
      basePath: '/api/telemetry',
      localApi: ({ url, method, headers }) => {
        const path = new URL(url).pathname.slice('/api/telemetry'.length);
        calls.push(`${method} ${path}`);
        if (headers.get('authorization') !== `Bearer ${TOKEN}`) return problem(401, 'No.');
        if (path === '/stream') return new Response(events(), { headers: { 'content-type': EVENT_STREAM } });
        return path === '/settings' ? Response.json(SETTINGS) : Response.json({});
      },
    },
    schedule: { heartbeatIntervalSeconds: 300, analyticsHourUtc: 2 },
    ...(publicUrl !== undefined && { publicUrl }),
    now: () => clock.nowMs,
  });
  const request = async (path: string, init: RequestInit = {}) =>
    app.request(`${ORIGIN}${path}`, { ...init, headers: { ...PAGE, host: HOST, ...init.headers } });
  const signIn = async (path: string, token: string, headers: Record<string, string> = {}) => {
    const body = new URLSearchParams({ token }).toString();
    const answer = await request(path, { method: 'POST', headers: { ...OWN, ...FORM, ...headers }, body });
    const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? '';
    return { status: answer.status, cookie, location: answer.headers.get('location') ?? '' };
  };
  return { service, clock, calls, createSignInPath, request, signIn };
}

describe("the way to the person's page", () => {
  it('is a path of its own for each process, which the cookie is for alone', async () => {
    const [one, other] = [openBoth(), openBoth()];
    const { location, cookie } = await one.signIn('/sign-in', TOKEN);
    expect(location).toMatch(/^\/p\/[\w-]{24}\/$/);
    expect((await other.signIn('/sign-in', TOKEN)).location).not.toBe(location);
    expect((await one.request(location, { headers: { cookie } })).status).toBe(502);
    expect((await one.request('/', { headers: { cookie } })).headers.get('location')).toBe('/sign-in');
    expect((await one.request('/p/x/', { headers: { cookie } })).headers.get('location')).toBe('/sign-in');
  });

  it('is told to nobody who is not signed in there', async () => {
    const { request, signIn, service } = openBoth();
    const { location } = await signIn('/sign-in', TOKEN);
    const { cookie } = await signIn('/settings/sign-in', ADMIN);
    const room = location.slice('/p/'.length, -1);
    for (const path of [
      '/',
      '/sign-in',
      '/settings',
      '/settings/sign-in',
      '/signed-out',
      '/nowhere',
      '/p/x/',
    ])
      for (const headers of [{}, { cookie }]) {
        const answer = await request(path, { headers });
        expect([...answer.headers].join() + (await answer.text())).not.toContain(room);
      }
    expect(service.tokens.has(ADMIN)).toBe(true);
  });

  it('answers without a session as one that is not there', async () => {
    const { request, signIn } = openBoth();
    const { location } = await signIn('/sign-in', TOKEN);
    for (const headers of [PAGE, { accept: 'application/json' }]) {
      const answers = [await request(location, { headers }), await request('/p/wrong/', { headers })];
      const [right, wrong] = await Promise.all(
        answers.map(async (answer) => [answer.status, answer.headers.get('location'), await answer.text()]),
      );
      expect(right).toEqual(wrong);
    }
  });

  it('takes no session of the settings page', async () => {
    const { request, signIn } = openBoth();
    const { location } = await signIn('/sign-in', TOKEN);
    const { cookie } = await signIn('/settings/sign-in', ADMIN);
    const renamed = cookie.replace('sotto_settings', 'sotto_person');
    expect(renamed).not.toBe(cookie);
    expect((await request(location, { headers: { cookie: renamed } })).status).toBe(303);
  });

  it.each(['same-site', 'cross-site'])('lets no %s page read or make anything', async (site) => {
    const { request, signIn, calls } = openBoth();
    const { location, cookie } = await signIn('/sign-in', TOKEN);
    calls.length = 0;
    for (const name of ['', 'diagnostics', 'export', 'stream', 'clear']) {
      const headers = { cookie, 'sec-fetch-site': site };
      expect((await request(location + name, { headers })).status).toBe(403);
    }
    expect(calls).toEqual([]);
    const typed = { cookie, 'sec-fetch-site': 'none' };
    expect((await request(`${location}diagnostics`, { headers: typed })).status).toBe(200);
  });

  it('is not bound to the public address, which is that of the settings', async () => {
    const { signIn } = openBoth('https://sotto.example.com');
    expect((await signIn('/sign-in', TOKEN)).status).toBe(303);
    expect((await signIn('/sign-in', TOKEN, { origin: 'https://sotto.example.com' })).status).toBe(403);
    expect((await signIn('/settings/sign-in', ADMIN)).status).toBe(403);
  });

  it('stays open for who has the token, however many others guess', async () => {
    const { signIn } = openBoth();
    const guesses = await Promise.all(Array.from({ length: 40 }, () => signIn('/sign-in', 'guess')));
    expect(guesses.some(({ status }) => status === 429)).toBe(true);
    expect((await signIn('/sign-in', TOKEN)).status).toBe(303);
  });
});

describe('two pages in one browser', () => {
  const openTwo = async () => {
    const both = openBoth();
    const person = await both.signIn('/sign-in', TOKEN);
    const settings = await both.signIn('/settings/sign-in', ADMIN, { cookie: person.cookie });
    const cookie = `${person.cookie}; ${settings.cookie}`;
    const statuses = async () => [
      (await both.request(person.location, { headers: { cookie } })).status,
      (await both.request('/settings', { headers: { cookie } })).status,
    ];
    return { ...both, cookie, statuses };
  };

  it('end apart: a token of an organisation that was revoked ends the settings alone', async () => {
    const { service, statuses } = await openTwo();
    expect(await statuses()).toEqual([502, 200]);
    service.tokens.clear();
    expect(await statuses()).toEqual([502, 303]);
  });

  it('grow old apart: signing in to one does not renew the other', async () => {
    const { clock, signIn, cookie, statuses } = await openTwo();
    for (let hours = 1; hours <= 12; hours += 1) {
      clock.nowMs += 3_600_000;
      await signIn('/sign-in', TOKEN, { cookie });
      expect((await statuses())[1]).toBe(hours < 12 ? 200 : 303);
    }
  });
});

it('events end with the session that listens to them, and none of them is missing', async () => {
  const { clock, request, signIn } = openBoth();
  const { location, cookie } = await signIn('/sign-in', TOKEN);
  const answer = await request(`${location}stream`, { headers: { cookie, accept: 'text/event-stream' } });
  expect(answer.status).toBe(200);
  const reader = answer.body?.getReader();
  expect((await reader?.read())?.done).toBe(false);
  clock.nowMs += 12 * 3_600_000;
  // What was on its way already may still come.
  let rest = 0;
  while (rest < 5 && (await reader?.read())?.done === false) rest += 1;
  expect(rest).toBeLessThan(5);
});

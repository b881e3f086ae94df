import { createWebApp, type WebOptions } from '../../../../src/server/web/index.js';
import {
  ADMIN,
  createSettingsService,
  type SettingsService,
} from '../../../browser/settings/settings-service.js';

export const HOST = '127.0.0.1:8001';
export const ORIGIN = `http://${HOST}`;

/** What a browser sends along with a form of our own pages. */
export const OWN = { origin: ORIGIN, 'sec-fetch-site': 'same-origin' };
export const PAGE = { accept: 'text/html' };
export const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

export interface Web {
  readonly service: SettingsService;
  readonly failures: unknown[];
  nowMs: number;
  request(path: string, init?: RequestInit): Promise<Response>;
  /** Sign in, and return the cookie and the token of its forms. */
  signIn(token?: string): Promise<{ readonly cookie: string; readonly csrf: string }>;
}

/** The web app without a socket. */
export function openWeb(options: Partial<WebOptions> = {}): Web {
  const service = createSettingsService();
  const failures: unknown[] = [];
  const { app } = createWebApp({
    configService: (request) => service.app.fetch(request),
    schedule: { heartbeatIntervalSeconds: 300, analyticsHourUtc: 2 },
    onFailure: (error) => failures.push(error),
    now: () => web.nowMs,
    ...options,
  });
  const web: Web = {
    service,
    failures,
    nowMs: Date.parse('2026-01-12T08:00:00Z'),
    request: async (path, init = {}) => {
      const headers = new Headers(init.headers);
      if (!headers.has('host')) headers.set('host', HOST);
      return app.request(`${ORIGIN}${path}`, { ...init, headers });
    },
    async signIn(token = ADMIN) {
      const answer = await web.request('/settings/sign-in', {
        method: 'POST',
        headers: { ...OWN, ...FORM, ...PAGE },
        body: new URLSearchParams({ token }).toString(),
      });
      const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? '';
      const page = await (await web.request('/settings', { headers: { ...PAGE, cookie } })).text();
      return { cookie, csrf: /name="csrf-token" content="([^"]+)"/.exec(page)?.[1] ?? '' };
    },
  };
  return web;
}

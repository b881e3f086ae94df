import { describe, expect, it } from 'vitest';
import { type Answer, type LocalApi, openLocalApi } from './support.js';

const LIMIT = 5;
const WITHOUT = { authorization: '' };

const statusesOf = (answers: readonly Answer[]) => answers.map(({ status }) => status);
const many = (ask: () => Promise<Answer>) => Promise.all(Array.from({ length: 4 * LIMIT }, ask));
const optOut = (api: LocalApi) => api.post('/settings', { telemetry_opt_in: false });

describe('a flood of requests', () => {
  it.each([
    ['for the health', '/health', WITHOUT],
    ['without the token', '/summary', WITHOUT],
    ['with another token', '/settings', { authorization: 'Bearer nobody' }],
    ['for nothing', '/nothing', WITHOUT],
  ])('%s does not keep the person from saying no', async (_, path, headers) => {
    const api = await openLocalApi({}, { maxRequestsPerSecond: LIMIT });
    const flood = await many(() => api.call(path, { headers }));
    expect(statusesOf(flood).filter((status) => status === 429).length).toBeGreaterThan(0);
    expect((await optOut(api)).status).toBe(200);
    expect((await api.call('/health')).json.telemetry_opt_in).toBe(false);
  });

  it('with the token is told to wait, and others are answered', async () => {
    const api = await openLocalApi({}, { maxRequestsPerSecond: LIMIT });
    const flood = statusesOf(await many(() => api.call('/health')));
    expect(flood.filter((status) => status === 429).length).toBeGreaterThan(0);
    expect((await api.call('/health', { headers: WITHOUT })).status).toBe(200);
    expect((await api.call('/summary', { headers: WITHOUT })).status).toBe(401);
  });

  it('is refused before its bodies are read', async () => {
    const api = await openLocalApi({}, { maxRequestsPerSecond: LIMIT });
    const flood = await many(() => api.post('/events', 'not JSON'));
    expect(new Set(statusesOf(flood))).toEqual(new Set([400, 429]));
  });

  it('of a foreign page uses up nothing', async () => {
    const api = await openLocalApi({}, { maxRequestsPerSecond: LIMIT });
    const headers = { 'sec-fetch-site': 'same-site' };
    expect(new Set(statusesOf(await many(() => api.call('/health', { headers }))))).toEqual(new Set([403]));
    expect((await api.call('/health', { headers: WITHOUT })).status).toBe(200);
  });
});

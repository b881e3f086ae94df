import { describe, expect, it } from 'vitest';
import { callServer, type LocalApi, openLocalApi } from './support.js';

const record = (api: LocalApi, event: string) => api.post('/events', { event });
const namesSent = (api: LocalApi) => api.server.messages.map(({ event }) => event);

/** With a person who agreed that events are sent. */
async function openSending(): Promise<LocalApi> {
  const api = await openLocalApi();
  const { json } = await api.post('/opt_in', { dry_run: false });
  expect(json.health.mode).toBe('on');
  return api;
}

const DELETIONS = [
  ['DELETE /data', (api: LocalApi) => api.call('/data', { method: 'DELETE' })],
  ['a purge', (api: LocalApi) => api.post('/settings', { purge: true })],
] as const;

describe.each(DELETIONS)('%s', (_, erase) => {
  it('takes back what waits in memory and on disk: no request carries it, and none is made for it', async () => {
    const api = await openSending();
    await record(api, 'before.it');
    await api.post('/features', { feature: 'before.it' });
    expect((await erase(api)).status).toBe(200);
    expect(api.telemetry.status().pending).toBe(0);
    expect((await api.call('/preview')).json.waiting).toEqual([]);
    await api.telemetry.flush();
    await api.telemetry.shutdown();
    expect(api.server.requests).toEqual([]);
  });

  it('leaves the decision as it is, and what is recorded afterwards is sent', async () => {
    const api = await openSending();
    await record(api, 'before.it');
    await erase(api);
    const { json } = await api.call('/settings');
    expect(json).toMatchObject({
      settings: { telemetry_opt_in: true, dry_run: false },
      health: { mode: 'on' },
    });
    expect((await record(api, 'after.it')).json.recorded).toBe(true);
    await api.telemetry.flush();
    expect(namesSent(api)).toEqual(['after.it']);
  });
});

describe('a no with a purge', () => {
  it('erases all of it, and nothing is sent of what was recorded before', async () => {
    const api = await openSending();
    await record(api, 'before.it');
    const { json } = await api.post('/settings', { telemetry_opt_in: false, purge: true });
    expect(json).toMatchObject({ telemetry_active: false, purged: { failed: [] } });
    expect((await callServer(`${api.url}/health`)).json.anonymous_preview).toBeNull();
    await api.telemetry.shutdown();
    expect(api.server.requests).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { type LocalApi, openLocalApi } from './support.js';

const record = (api: LocalApi) => api.post('/events', { event: 'asset.saved', payload: { n: 1 } });
const countOf = async (api: LocalApi) => (await api.call('/events?limit=200')).json.events.length;

describe('with a server that events could go to', () => {
  it('nothing leaves in dry run, whatever is recorded, looked at or flushed, while the counters grow', async () => {
    const api = await openLocalApi({ delivery: { batchSize: 1 } });
    await api.post('/opt_in', { crash: true, diagnostics: true, dry_run: true });
    for (let n = 1; n <= 5; n += 1) {
      expect((await record(api)).json.recorded).toBe(true);
      await api.post('/features', { feature: 'toolkit.launch' });
      expect(await countOf(api)).toBe(n);
    }
    api.telemetry.captureCrash(new Error('x'));
    for (const path of ['/summary', '/preview', '/diagnostics', '/health'])
      expect((await api.call(path)).status).toBe(200);
    await api.telemetry.flush();
    await api.telemetry.shutdown();
    expect(api.server.requests).toEqual([]);
    await api.server.drained();
    expect(api.server.batches).toEqual([]);
  });

  it('nothing of the dry run leaves later, when the person allows that events are sent', async () => {
    const api = await openLocalApi();
    await api.post('/opt_in', { dry_run: true });
    await record(api);
    await api.post('/settings', { dry_run: false });
    await api.post('/events', { event: 'asset.opened', payload: { n: 2 } });
    await api.telemetry.flush();
    expect(api.server.messages.map(({ event }) => event)).toEqual(['asset.opened']);
  });

  it('no further request is made after a no, when one is under way', async () => {
    const api = await openLocalApi({ delivery: { batchSize: 1, maxAttempts: 3 } });
    await api.post('/opt_in', { dry_run: false });
    let answer = () => {};
    const isHeld = new Promise<void>((resolve) => {
      api.server.answer = (response) => {
        answer = () => response.writeHead(503).end('{}');
        resolve();
      };
    });
    await record(api);
    await record(api);
    await record(api);
    await isHeld;
    const { length } = api.server.requests;
    const { status, json } = await api.post('/settings', { telemetry_opt_in: false });
    expect([status, json.telemetry_active]).toEqual([200, false]);
    answer();
    expect((await record(api)).json).toMatchObject({ recorded: false });
    await api.telemetry.flush();
    await api.telemetry.shutdown();
    expect(api.server.requests).toHaveLength(length);
  });
});

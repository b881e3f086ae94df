import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { type Answer, type LocalApi, openLocalApi } from './support.js';

const FAST = { maxRequestsPerSecond: 100_000 };

const download = (api: LocalApi) => api.call('/diagnostics');
const downloads = (api: LocalApi, count: number) =>
  Promise.all(Array.from({ length: count }, () => download(api)));
const nameIn = ({ headers }: Answer) => /filename="([^"]+)"/.exec(headers['content-disposition'] ?? '')?.[1];

function expectWhole({ status, bytes, headers }: Answer): void {
  expect(status).toBe(200);
  expect(headers['content-length']).toBe(String(bytes.length));
  const files = unzipSync(bytes);
  expect(Object.keys(files).sort()).toEqual(['crashes.json', 'manifest.json', 'telemetry.json']);
  for (const content of Object.values(files)) JSON.parse(new TextDecoder().decode(content));
}

describe('bundles', () => {
  it('that twenty ask for at once are twenty whole ones with names of their own', async () => {
    const api = await openLocalApi();
    await api.post('/opt_in', { diagnostics: true });
    const answers = await downloads(api, 20);
    for (const answer of answers) expectWhole(answer);
    expect(new Set(answers.map(nameIn)).size).toBe(20);
  });

  it('take no more room after a thousand requests than after ten', async () => {
    const api = await openLocalApi({}, FAST);
    await api.post('/opt_in', { diagnostics: true, crash: true });
    await api.post('/features', { feature: 'toolkit.launch' });
    for (let round = 0; round < 100; round += 1) {
      const answers = await downloads(api, 10);
      expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200));
    }
    const last = await download(api);
    expectWhole(last);
    const folder = join(api.directory, 'diagnostics');
    const names = readdirSync(folder);
    expect(names.length).toBeLessThanOrEqual(10);
    expect(names).toContain(nameIn(last));
    for (const name of names) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(folder, nameIn(last) ?? ''))).toEqual(last.bytes);
  }, 60_000);

  it('say everything of the state that the other answers say', async () => {
    const api = await openLocalApi({ app: 'bundle-app-of-a-test', version: '2.0.1' });
    await api.post('/opt_in', { diagnostics: true, crash: true });
    await api.post('/events', { event: 'asset.saved', payload: { n: 1 } });
    const [settings, summary, health, events] = (
      await Promise.all(
        ['/settings', '/summary', '/health', '/events?limit=200'].map((path) => api.call(path)),
      )
    ).map(({ json }) => json);
    const files = unzipSync((await download(api)).bytes);
    const read = (name: string) => JSON.parse(new TextDecoder().decode(files[name]));
    const { ok: _, feature_flag: __, ...state } = health;
    expect(read('manifest.json')).toEqual({
      generated_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      app: 'bundle-app-of-a-test',
      anonymous_id: summary.anonymous_id,
      app_version: '2.0.1',
      flag_enabled: true,
      telemetry_active: true,
      crash_uploads_active: true,
      diagnostics_opt_in: true,
      diagnostics_active: true,
      dry_run: true,
      consent: settings.settings,
      health: state,
    });
    const { feature_flag: ___, ...counted } = summary;
    expect(read('telemetry.json')).toEqual({ ...counted, events: events.events });
  });
});

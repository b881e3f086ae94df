import { readdirSync } from 'node:fs';
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { type LocalApi, openLocalApi } from './support.js';

const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

describe('what is kept', () => {
  it('is the last 200 of 205 events, oldest first, and 20 of them unless more are asked for', async () => {
    const api = await openLocalApi();
    for (let n = 1; n <= 205; n += 1) api.telemetry.recordEvent('counted.event', { n });
    const { json } = await api.call('/events?limit=200');
    expect(json.events.map(({ payload }: { payload: { n: number } }) => payload.n)).toEqual(
      Array.from({ length: 200 }, (_, at) => at + 6),
    );
    expect(json.events[0]).toMatchObject({ event: 'counted.event', category: 'custom' });
    const last = await api.call('/events');
    expect(last.json.events).toEqual(json.events.slice(-20));
    expect((await api.call('/events?limit=1')).json.events).toEqual(json.events.slice(-1));
  });

  it.each(['0', '201', '-1', 'x', '1.5', '', '%201', '1e1', '0x1', '99999999999999999999', '5&limit=6'])(
    'cannot be asked for with the limit %j',
    async (limit) => {
      const api = await openLocalApi();
      const { status, json } = await api.call(`/events?limit=${limit}`);
      expect([status, json.feature_flag]).toEqual([422, true]);
      expect(json.errors[0].path).toBe('limit');
    },
  );

  it.each([
    '/events?Limit=1',
    '/summary?all=1',
    '/hooks?x',
    '/crashes?limit=1',
    '/settings?a=b',
    '/preview?x=1',
  ])('cannot be asked for with what nobody knows: %s', async (path) => {
    const api = await openLocalApi();
    expect((await api.call(path)).status).toBe(422);
  });

  it('has every hook with its total and its last five payloads', async () => {
    const api = await openLocalApi({ hooks: ['on_scene_enter'] });
    for (let n = 1; n <= 7; n += 1) api.telemetry.hook('on_scene_enter', { n });
    api.telemetry.hook('not_declared', {});
    const { json } = await api.call('/hooks');
    expect(Object.keys(json.hooks)).toEqual(['on_scene_enter']);
    const { total, samples } = json.hooks.on_scene_enter;
    expect(total).toBe(7);
    expect(samples.map(({ payload }: { payload: { n: number } }) => payload.n)).toEqual([3, 4, 5, 6, 7]);
  });

  it('has crashes only while crash reports are allowed', async () => {
    const api = await openLocalApi();
    await api.post('/opt_in', { crash: true });
    api.telemetry.captureCrash(new Error('of ada@example.com'));
    const { json } = await api.call('/crashes');
    expect(json.crashes).toEqual([
      { report: expect.stringMatching(/^[0-9a-f]{32}$/), ts: expect.any(String) },
    ]);
    await api.post('/settings', { crash_opt_in: false });
    expect((await api.call('/crashes')).json.crashes).toEqual([]);
  });

  it('is gone after DELETE /data, and the decision stays', async () => {
    const api = await openLocalApi({ hooks: ['a_hook'] });
    await api.post('/opt_in', { crash: true });
    await api.post('/features', { feature: 'a.b' });
    await api.post('/events', { event: 'a.b' });
    api.telemetry.hook('a_hook', {});
    api.telemetry.captureCrash(new Error('x'));
    const { status, json } = await api.call('/data', { method: 'DELETE' });
    expect(status).toBe(200);
    expect(json).toEqual({ ok: true, deleted_files: expect.any(Number), failed: [], feature_flag: true });
    expect(json.deleted_files).toBeGreaterThan(0);
    expect((await api.call('/summary')).json).toMatchObject({
      features: {},
      hooks: {},
      crashes: [],
      events: [],
    });
    expect((await api.call('/events')).json.events).toEqual([]);
    expect((await api.call('/settings')).json.settings.crash_opt_in).toBe(true);
    expect((await api.post('/features', { feature: 'a.b' })).json.recorded).toBe(true);
    expect((await api.call('/summary')).json.features['a.b'].total).toBe(1);
  });

  it('says the version of the app that runs now', async () => {
    const api = await openLocalApi({ version: '2.0.1' });
    expect((await api.call('/summary')).json.app_version).toBe('2.0.1');
  });
});

describe('the bundle', () => {
  const download = (api: LocalApi) => api.call('/diagnostics');

  it('is refused without the consent to diagnostics, and none is made', async () => {
    const api = await openLocalApi();
    await api.post('/opt_in', { crash: true });
    const { status, headers, json } = await download(api);
    expect(status).toBe(403);
    expect(headers['content-type']).toBe('application/problem+json');
    expect(json).toMatchObject({
      detail: 'Diagnostics export requires opt-in (see /api/telemetry/settings).',
      feature_flag: true,
    });
    expect(readdirSync(api.directory)).not.toContain('diagnostics');
  });

  it('is a zip of three files of JSON, whole, with what the other answers say', async () => {
    const api = await openLocalApi({ app: 'bundle-app', version: '2.0.1' });
    await api.post('/opt_in', { diagnostics: true, crash: true });
    await api.post('/features', { feature: 'toolkit.launch' });
    await api.post('/events', { event: 'e.v', payload: { author: 'someone@example.com' } });
    api.telemetry.captureCrash(new Error('at /home/ada/canary'));

    const { status, headers, bytes } = await download(api);
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'application/zip',
      'content-length': String(bytes.length),
      'cache-control': 'no-store',
      'content-disposition': expect.stringMatching(
        /^attachment; filename="bundle-app-diagnostics-\d{8}_\d{6}-[0-9a-f]{8}\.zip"$/,
      ),
    });
    const files = Object.entries(unzipSync(bytes)).map(([name, content]) => [name, decode(content)] as const);
    expect(files.map(([name]) => name).sort()).toEqual(['crashes.json', 'manifest.json', 'telemetry.json']);
    const {
      'manifest.json': manifest,
      'telemetry.json': telemetry,
      'crashes.json': crashes,
    } = Object.fromEntries(files.map(([name, text]) => [name, JSON.parse(text)]));
    expect(manifest.consent).toEqual((await api.call('/settings')).json.settings);
    expect(manifest.app_version).toBe('2.0.1');
    expect(telemetry.features['toolkit.launch'].total).toBe(1);
    expect(telemetry.events).toEqual((await api.call('/events')).json.events);
    expect(crashes).toHaveLength(1);
    for (const [, text] of files) expect(text).not.toMatch(/someone@|\bada\b|canary/);
  });

  it('is another one for each of two requests at once', async () => {
    const api = await openLocalApi();
    await api.post('/opt_in', { diagnostics: true });
    const bundles = await Promise.all([download(api), download(api), download(api)]);
    expect(bundles.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(new Set(bundles.map(({ headers }) => headers['content-disposition'])).size).toBe(3);
    for (const { bytes } of bundles) expect(Object.keys(unzipSync(bytes))).toHaveLength(3);
  });
});

describe('the preview', () => {
  it('shows what waits as it leaves, and nothing once it has left', async () => {
    const api = await openLocalApi();
    await api.post('/events', { event: 'first.event', payload: { user: 'ada', n: 1 } });
    await api.post('/events', { event: 'second.event', payload: { n: 2 } });
    await expect.poll(async () => (await api.call('/preview')).json.waiting.length).toBe(2);
    const { json } = await api.call('/preview');
    expect(json).toMatchObject({ mode: 'on', host: api.server.url, feature_flag: true });

    await api.telemetry.flush();
    const sent = api.server.batches.flatMap(({ batch }) => batch);
    expect(json.waiting.map((event: object) => JSON.stringify(event)).sort()).toEqual(
      sent
        .map(({ event, distinct_id, uuid, timestamp, properties }) =>
          JSON.stringify({ event, distinct_id, uuid, timestamp, properties }),
        )
        .sort(),
    );
    expect((await api.call('/preview')).json.waiting).toEqual([]);
  });

  it('shows one event as it would leave now, and records nothing', async () => {
    const api = await openLocalApi();
    const payload = encodeURIComponent(JSON.stringify({ author: 'someone@example.com', n: 1 }));
    const { json } = await api.call(`/preview?event=Some.Event&payload=${payload}`);
    expect(json.preview).toMatchObject({ event: 'some.event', properties: { n: 1 } });
    expect(JSON.stringify(json)).not.toContain('someone');
    expect((await api.call('/events')).json.events).toEqual([]);
    expect((await api.call('/preview')).json.waiting).toEqual([]);
  });

  it.each(['event=two+words', 'event=a.b&payload=%5B%5D', 'event=a.b&payload=x', 'payload=%7B%7D'])(
    'cannot be asked for with %s',
    async (query) => {
      const api = await openLocalApi();
      expect((await api.call(`/preview?${query}`)).status).toBe(422);
    },
  );
});

describe('dry run', () => {
  it('counts locally and sends nothing; without it, what is recorded leaves; after a no, nothing does', async () => {
    const api = await openLocalApi();
    const record = () => api.post('/features', { feature: 'a.b' });
    await api.post('/opt_in', { dry_run: true });
    await record();
    await api.telemetry.flush();
    expect((await api.call('/summary')).json.features['a.b'].total).toBe(1);
    expect(api.server.requests).toEqual([]);

    await api.post('/settings', { dry_run: false });
    await record();
    await api.telemetry.flush();
    expect(api.server.requests.length).toBeGreaterThan(0);

    const { length } = api.server.requests;
    await api.post('/settings', { telemetry_opt_in: false });
    expect((await record()).json).toMatchObject({ recorded: false, reason: 'consent_file' });
    await api.telemetry.flush();
    expect(api.server.requests).toHaveLength(length);
  });
});

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createDirectory } from '../../../support/directories.js';
import { filesIn } from './files-in.js';
import { type LocalApi, openLocalApi } from './support.js';

const answerFile = ({ directory }: LocalApi) => join(directory, 'telemetry_config.json');
const readAnswer = (api: LocalApi) => JSON.parse(readFileSync(answerFile(api), 'utf8'));
const usageOf = ({ directory }: LocalApi) => filesIn(join(directory, 'usage'));

const record = (api: LocalApi) =>
  Promise.all([
    api.post('/features', { feature: 'toolkit.launch', variant: 'dark' }),
    api.post('/events', { event: 'asset.saved', payload: { n: 1 } }),
  ]);

/** With something counted of each kind. */
async function openCounting(options = {}): Promise<LocalApi> {
  const api = await openLocalApi({ hooks: ['saved'], ...options });
  await api.post('/opt_in', { crash: true, diagnostics: true });
  await record(api);
  api.telemetry.hook('saved', { n: 1 });
  api.telemetry.captureCrash(new Error('x'));
  return api;
}

const kept = async (api: LocalApi) => ({
  summary: (await api.call('/summary')).json,
  events: (await api.call('/events')).json.events,
  hooks: (await api.call('/hooks')).json.hooks,
  crashes: (await api.call('/crashes')).json.crashes,
});

describe('a no', () => {
  it('stops the counters at once, which stay as they are, byte for byte, and says why', async () => {
    const api = await openCounting();
    await api.post('/settings', { telemetry_opt_in: false });
    const before = usageOf(api);
    for (const { status, json } of await record(api)) {
      expect(status).toBe(200);
      expect(json).toEqual({
        ok: true,
        recorded: false,
        reason: 'consent_file',
        telemetry_active: false,
        feature_flag: true,
      });
    }
    api.telemetry.hook('saved', { n: 2 });
    expect(usageOf(api)).toEqual(before);
  });

  it('that is written by hand counts with the next request, without a restart', async () => {
    const api = await openCounting();
    const answer = readAnswer(api);
    writeFileSync(answerFile(api), JSON.stringify({ ...answer, telemetry_enabled: false }));
    const [feature] = await record(api);
    expect(feature?.json).toMatchObject({ recorded: false, telemetry_active: false });
    expect((await api.call('/settings')).json.settings.telemetry_opt_in).toBe(false);
    expect((await api.call('/diagnostics')).status).toBe(403);
    expect(readAnswer(api).telemetry_enabled).toBe(false);
  });

  it('stays on disk whatever flag is switched, and however often', async () => {
    const configFile = join(createDirectory(), 'config', 'acme.json');
    mkdirSync(dirname(configFile));
    writeFileSync(configFile, '{"features":{"enable_observability":true},"other":{"stays":[1]}}');
    const api = await openCounting({ umbrellaFlag: true, configFile });
    await api.post('/settings', { telemetry_opt_in: false });
    for (const body of [
      { enable_observability: false },
      { enable_observability: true },
      { enable_crash_uploader: true },
      { enable_privacy_telemetry: true },
    ]) {
      expect((await api.call('/flags', { method: 'PATCH', body })).status).toBe(200);
      expect(readAnswer(api).telemetry_enabled).toBe(false);
      expect((await api.call('/health')).json).toMatchObject({
        telemetry_opt_in: false,
        telemetry_active: false,
        crash_active: false,
        diagnostics_active: false,
      });
    }
    for (const { json } of await record(api)) expect(json.recorded).toBe(false);
    expect(JSON.parse(readFileSync(configFile, 'utf8')).other).toEqual({ stays: [1] });
  });

  it('leaves what else stands in the file of the answer, and so does a yes to a part', async () => {
    const api = await openCounting();
    writeFileSync(answerFile(api), JSON.stringify({ ...readAnswer(api), theirs: { stays: [1, 'x'] } }));
    await api.post('/settings', { telemetry_opt_in: false });
    expect(readAnswer(api)).toMatchObject({ telemetry_enabled: false, theirs: { stays: [1, 'x'] } });
    await api.post('/settings', { diagnostics_opt_in: false });
    expect(readAnswer(api)).toMatchObject({ telemetry_enabled: false, theirs: { stays: [1, 'x'] } });
  });

  it('with a purge leaves nothing to see, and nothing on disk that counted; the next yes begins with another id', async () => {
    const api = await openCounting();
    await api.call('/diagnostics');
    const { summary } = await kept(api);
    const { json } = await api.post('/settings', { telemetry_opt_in: false, purge: true });
    expect(json).toMatchObject({ purged: { failed: [] }, telemetry_active: false });
    const nothing = { features: {}, hooks: {}, crashes: [], events: [], anonymous_id: null };
    expect(await kept(api)).toMatchObject({ summary: nothing, events: [], hooks: {}, crashes: [] });
    expect((await api.call('/health')).json.anonymous_preview).toBeNull();
    const left = filesIn(api.directory).join('\n');
    for (const told of ['toolkit.launch', 'asset.saved', summary.anonymous_id, summary.crashes[0].report])
      expect(left).not.toContain(told);

    await api.post('/opt_in', { crash: true });
    const { summary: after } = await kept(api);
    expect(after).toMatchObject({ features: {}, hooks: {}, crashes: [] });
    expect(after.anonymous_id).toMatch(/^[0-9a-f]{32}$/);
    expect(after.anonymous_id).not.toBe(summary.anonymous_id);
    await record(api);
    expect((await kept(api)).summary.features['toolkit.launch'].total).toBe(1);
  });

  it('without a purge leaves what the person may look at, until DELETE /data', async () => {
    const api = await openCounting();
    await api.post('/settings', { telemetry_opt_in: false });
    expect((await kept(api)).summary.features['toolkit.launch'].total).toBe(1);
    await api.call('/data', { method: 'DELETE' });
    expect(await kept(api)).toMatchObject({
      summary: { features: {}, hooks: {}, crashes: [] },
      events: [],
      hooks: {},
      crashes: [],
    });
    expect((await api.call('/settings')).json.settings.telemetry_opt_in).toBe(false);
  });
});

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { type LocalApi, openLocalApi } from './support.js';

const crashesOf = async (api: LocalApi) => (await api.call('/crashes')).json.crashes;

async function bundled(api: LocalApi) {
  const { status, bytes } = await api.call('/diagnostics');
  expect(status).toBe(200);
  return JSON.parse(new TextDecoder().decode(unzipSync(bytes)['crashes.json']));
}

function failToSave(message: string): Error {
  return new RangeError(message);
}
function failToLoad(message: string): Error {
  return new TypeError(message);
}

describe('crashes', () => {
  it('are neither shown nor bundled while crash reports are not allowed', async () => {
    const api = await openLocalApi();
    await api.post('/opt_in', { diagnostics: true });
    api.telemetry.captureCrash(failToSave('canary-7f3a'));
    expect(await crashesOf(api)).toEqual([]);
    expect(await bundled(api)).toEqual([]);
    expect(readdirSync(api.directory)).not.toContain('crashes');
  });

  it('of before the yes are in no answer and no bundle after it', async () => {
    const api = await openLocalApi();
    await api.post('/opt_in', { diagnostics: true, dry_run: true });
    api.telemetry.captureCrash(failToSave('before'));
    await api.post('/opt_in', { crash: true });
    expect([await crashesOf(api), await bundled(api)]).toEqual([[], []]);
    api.telemetry.captureCrash(failToLoad('after'));
    expect(await crashesOf(api)).toHaveLength(1);
    expect(await bundled(api)).toMatchObject([{ exc_type: 'TypeError' }]);
    await api.post('/settings', { crash_opt_in: false });
    expect([await crashesOf(api), await bundled(api)]).toEqual([[], []]);
  });

  it('share a digest when they are the same bug, and tell no more of it', async () => {
    const api = await openLocalApi();
    await api.post('/opt_in', { crash: true, diagnostics: true });
    for (const value of [4711, 815]) api.telemetry.captureCrash(failToSave(`cannot save asset ${value}`));
    api.telemetry.captureCrash(failToLoad('cannot load'));
    const crashes = await crashesOf(api);
    const reports = crashes.map(({ report }: { report: string }) => report);
    for (const report of reports) expect(report).toMatch(/^[0-9a-f]{32}$/);
    expect(reports).toHaveLength(3);
    expect(new Set(reports).size).toBe(2);
    for (const crash of crashes) expect(Object.keys(crash)).toEqual(['report', 'ts']);

    const summaries = await bundled(api);
    expect(summaries).toHaveLength(3);
    for (const summary of summaries)
      expect(summary).toEqual({
        event_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
        exc_type: expect.stringMatching(/^(?:Range|Type)Error$/),
        message_digest: expect.stringMatching(/^[0-9a-f]{32}$/),
      });
  });

  it('have another digest in another installation', async () => {
    const reports = await Promise.all(
      [1, 2].map(async () => {
        const api = await openLocalApi();
        await api.post('/opt_in', { crash: true });
        api.telemetry.captureCrash(failToSave('cannot save'));
        return (await crashesOf(api))[0].report;
      }),
    );
    expect(reports[0]).not.toBe(reports[1]);
  });

  it('are the last fifty of 51, and the last ten in a bundle', async () => {
    const api = await openLocalApi();
    await api.post('/opt_in', { crash: true, diagnostics: true });
    for (let n = 1; n <= 51; n += 1) api.telemetry.captureCrash(failToSave(`crash ${n}`));
    const crashes = await crashesOf(api);
    expect(crashes).toHaveLength(50);
    expect((await api.call('/summary')).json.crashes).toEqual(crashes);
    expect(await bundled(api)).toHaveLength(10);
    expect(readdirSync(join(api.directory, 'crashes'))).toHaveLength(50);
  });

  it('come oldest first, those of one second too', async () => {
    const api = await openLocalApi();
    await api.post('/opt_in', { crash: true, diagnostics: true });
    for (let n = 1; n <= 20; n += 1) api.telemetry.captureCrash(failToSave(`crash ${n}`));
    const times = (await crashesOf(api)).map(({ ts }: { ts: string }) => ts);
    expect(times).toEqual(times.toSorted());
    const bundledTimes = (await bundled(api)).map(({ timestamp }: { timestamp: string }) => timestamp);
    expect(bundledTimes).toEqual(times.slice(-10));
  });
});

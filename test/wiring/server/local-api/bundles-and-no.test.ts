import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { unzipSync } from 'fflate';
import { createLocalApi } from 'sotto/server';
import { describe, expect, it } from 'vitest';
import { type LocalApi, openLocalApi } from './support.js';

const ROUNDS = 8;
const FAST = { maxRequestsPerSecond: 100_000 };

const download = (api: LocalApi) => api.call('/diagnostics');
const optIn = (api: LocalApi) => api.post('/opt_in', { diagnostics: true });
const erase = (api: LocalApi) => api.call('/data', { method: 'DELETE' });

function bundlesOf({ directory }: LocalApi): readonly string[] {
  const folder = join(directory, 'diagnostics');
  return existsSync(folder) ? readdirSync(folder) : [];
}

/** So much that a bundle takes a while. */
async function recordMuch(api: LocalApi): Promise<void> {
  const payload = Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`key_${at}`, `label-${at}`]));
  for (let count = 0; count < 200; count += 1) api.telemetry.recordEvent('much.of.it', payload);
}

/** Resolves when a bundle is being written. */
const isBeingWritten = (api: LocalApi) =>
  expect
    .poll(() => bundlesOf(api).some((name) => name.endsWith('.tmp')), { interval: 0, timeout: 5_000 })
    .toBe(true);

describe('a bundle that is being made', () => {
  it('is not kept when telemetry is refused and everything is purged meanwhile', async () => {
    const api = await openLocalApi({}, FAST);
    for (let round = 0; round < ROUNDS; round += 1) {
      await optIn(api);
      await recordMuch(api);
      const bundles = [download(api), download(api), download(api)];
      const { json } = await api.post('/settings', { telemetry_opt_in: false, purge: true });
      expect(json.purged.failed).toEqual([]);
      await Promise.all(bundles);
      expect(bundlesOf(api)).toEqual([]);
    }
  });

  it('is refused, and erased, when a no comes while it is written', async () => {
    const api = await openLocalApi({}, FAST);
    let refused = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      await optIn(api);
      await recordMuch(api);
      const [bundle] = await Promise.all([
        download(api),
        api.post('/settings', { diagnostics_opt_in: false }),
      ]);
      expect(bundlesOf(api)).toHaveLength(bundle.status === 200 ? 1 : 0);
      if (bundle.status === 403) {
        refused += 1;
        expect(bundle.json.code).toBe('DIAGNOSTICS_OFF');
      }
      await erase(api);
    }
    expect(refused).toBeGreaterThan(0);
  });

  it('is refused, and erased, when the no of another program is found behind it', async () => {
    const api = await openLocalApi({}, FAST);
    await optIn(api);
    await recordMuch(api);
    const answerFile = join(api.directory, 'telemetry_config.json');
    const answer = JSON.parse(readFileSync(answerFile, 'utf8'));
    const bundle = download(api);
    await isBeingWritten(api);
    writeFileSync(answerFile, JSON.stringify({ ...answer, telemetry_enabled: false }));
    expect((await bundle).status).toBe(403);
    expect(bundlesOf(api)).toEqual([]);
  });

  it('holds nothing of what was deleted before its turn, and one that is being written is deleted with the rest', async () => {
    const api = await openLocalApi({}, FAST);
    for (let round = 0; round < ROUNDS; round += 1) {
      await optIn(api);
      await recordMuch(api);
      const [first, deleted, second] = await Promise.all([download(api), erase(api), download(api)]);
      expect([first.status, deleted.json.failed, second.status]).toEqual([200, [], 200]);
      for (const name of bundlesOf(api)) {
        const bytes = readFileSync(join(api.directory, 'diagnostics', name));
        const { 'telemetry.json': telemetry } = unzipSync(bytes);
        expect(JSON.parse(new TextDecoder().decode(telemetry)).events).toEqual([]);
      }
      await erase(api);
      expect(bundlesOf(api)).toEqual([]);
    }
  });

  it('takes its turn also where the API is mounted twice', async () => {
    const api = await openLocalApi({}, FAST);
    const other = createLocalApi(api.telemetry);
    const headers = { authorization: `Bearer ${api.token}` };
    await optIn(api);
    for (let round = 0; round < ROUNDS; round += 1) {
      await recordMuch(api);
      const bundle = download(api);
      await isBeingWritten(api);
      const deleted = await other.fetch(new Request('http://localhost/data', { method: 'DELETE', headers }));
      expect(await deleted.json()).toMatchObject({ failed: [] });
      expect((await bundle).status).toBe(200);
      expect(bundlesOf(api)).toEqual([]);
    }
  });

  it('is given up with its request, which is no failure', async () => {
    const failures: unknown[] = [];
    const api = await openLocalApi();
    const options = { ...FAST, onFailure: (error: unknown) => failures.push(error) };
    const asked = createLocalApi(api.telemetry, options);
    const headers = { authorization: `Bearer ${api.token}` };
    await optIn(api);
    await recordMuch(api);
    for (let round = 0; round < ROUNDS; round += 1) {
      const stop = new AbortController();
      const { signal } = stop;
      const bundle = asked.fetch(new Request('http://localhost/diagnostics', { headers, signal }));
      while (bundlesOf(api).length === 0) await nextTurn();
      stop.abort();
      const seen = new Set<string>();
      // Until nothing of it is left, whose name was that of one being written.
      for (let left = bundlesOf(api); left.length > 0; left = bundlesOf(api)) {
        for (const name of left) seen.add(name.slice(-4));
        await nextTurn();
      }
      expect([...seen]).toEqual(['.tmp']);
      expect((await bundle).status).toBe(400);
      expect(bundlesOf(api)).toEqual([]);
    }
    expect(failures).toEqual([]);
  });

  it('is not kept for a caller that has hung up', async () => {
    const api = await openLocalApi({}, FAST);
    await optIn(api);
    await recordMuch(api);
    for (let round = 0; round < ROUNDS; round += 1) {
      const headers = { authorization: `Bearer ${api.token}` };
      // Behind another one in the queue, so that it is known to have come.
      const first = download(api);
      await isBeingWritten(api);
      const asked = request(`${api.url}/diagnostics`, { headers, agent: false });
      const isGone = new Promise((resolve) => asked.once('close', resolve));
      asked.on('error', () => {}).end(() => asked.destroy());
      await Promise.all([isGone, first]);
      expect((await download(api)).status).toBe(200);
      expect(bundlesOf(api)).toHaveLength(2);
      rmSync(join(api.directory, 'diagnostics'), { recursive: true });
    }
  });
});

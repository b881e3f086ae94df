import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createDirectory } from '../../../support/directories.js';
import { type LocalApi, openLocalApi } from './support.js';

const HASH = /^blake3:[0-9a-f]{32}$/;

const openAt = (directory: string) => openLocalApi({ store: { directory } });
const secretOf = ({ directory }: LocalApi) => join(directory, 'secret');

/** The hash that a value gets now. */
async function hashOf(api: LocalApi): Promise<string> {
  await api.post('/events', { event: 'asset.saved', payload: { asset_id: 'character.hero' } });
  return (await api.call('/events?limit=1')).json.events[0].payload.asset_id;
}

const idOf = async (api: LocalApi): Promise<string> => (await api.call('/summary')).json.anonymous_id;

describe('the secret behind the hashes', () => {
  it('is made once, when twenty requests need it first at the same moment', async () => {
    const api = await openLocalApi();
    expect(readdirSync(api.directory)).toEqual(['local-api-token']);
    await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        at % 2 === 0
          ? api.post('/events', { event: 'asset.saved', payload: { asset_id: 'character.hero' } })
          : api.call('/summary'),
      ),
    );
    const { events } = (await api.call('/events')).json;
    const hashes = events.map(({ payload }: { payload: { asset_id: string } }) => payload.asset_id);
    expect(hashes).toHaveLength(10);
    expect(new Set(hashes)).toEqual(new Set([expect.stringMatching(HASH)]));
    expect(readdirSync(api.directory).filter((name) => name.startsWith('secret'))).toEqual(['secret']);
    expect(statSync(secretOf(api)).mode & 0o777).toBe(0o600);
    expect(readFileSync(secretOf(api))).toHaveLength(32);
  });

  it('is a new one, for its user alone, where it was deleted: nothing before can be joined to what comes', async () => {
    const directory = createDirectory();
    const first = await openAt(directory);
    const [hash, id] = [await hashOf(first), await idOf(first)];
    const again = await openAt(directory);
    expect([await hashOf(again), await idOf(again)]).toEqual([hash, id]);

    rmSync(join(directory, 'secret'));
    const later = await openAt(directory);
    expect(await hashOf(later)).not.toBe(hash);
    expect(await idOf(later)).toMatch(/^[0-9a-f]{32}$/);
    expect(await idOf(later)).not.toBe(id);
    expect(statSync(join(directory, 'secret')).mode & 0o777).toBe(0o600);
  });

  it.each([
    ['nothing', ''],
    ['what is no secret', '{"secret": "%%%"}'],
    ['forty bytes', Buffer.alloc(40, 7)],
    ['one byte less', Buffer.alloc(31, 7)],
  ])('is repaired where its file holds %s, and stays the same from then on', async (_what, content) => {
    const directory = createDirectory();
    writeFileSync(join(directory, 'secret'), content);
    const api = await openAt(directory);
    expect((await api.call('/health')).json).toMatchObject({ ok: true, anonymous_preview: null });
    const [hash, id] = [await hashOf(api), await idOf(api)];
    expect(hash).toMatch(HASH);
    expect([await hashOf(api), await idOf(api)]).toEqual([hash, id]);

    const again = await openAt(directory);
    expect([await hashOf(again), await idOf(again)]).toEqual([hash, id]);
    expect((await again.call('/health')).json.anonymous_preview).toBe(id.slice(0, 8));
    expect(readFileSync(join(directory, 'secret.broken-1'))).toEqual(Buffer.from(content));
    expect(statSync(join(directory, 'secret')).mode & 0o777).toBe(0o600);
  });

  it('cannot be kept where a folder is in its place: the server answers, and hashes hold as long as it runs', async () => {
    const directory = createDirectory();
    mkdirSync(join(directory, 'secret'));
    const api = await openAt(directory);
    const hash = await hashOf(api);
    expect(hash).toMatch(HASH);
    expect(await hashOf(api)).toBe(hash);
    for (const path of ['/health', '/summary', '/settings']) expect((await api.call(path)).status).toBe(200);
  });

  it('cannot be kept there, and still the id and the digests of crashes are the same in every answer', async () => {
    const directory = createDirectory();
    mkdirSync(join(directory, 'secret'));
    const api = await openAt(directory);
    await api.post('/opt_in', { crash: true });
    for (let n = 0; n < 2; n += 1) api.telemetry.captureCrash(new Error('the same'));
    expect(await idOf(api)).toBe(await idOf(api));
    const { json } = await api.call('/crashes');
    expect((await api.call('/crashes')).json).toEqual(json);
  });
});

import { EventEmitter } from 'node:events';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createHooks } from 'hookable';
import { describe, expect, it } from 'vitest';
import { createReadOnlyDirectory, withoutSpecialRights } from '../../../support/directories.js';
import { type LocalApi, openLocalApi } from './support.js';

const hooksOf = async (api: LocalApi) => (await api.call('/hooks')).json.hooks;
const numbersOf = (hook: { samples: readonly { payload: { n: number } }[] }) =>
  hook.samples.map(({ payload }) => payload.n);

describe('hooks', () => {
  it('are counted exactly when a hundred of them come at once, while others look', async () => {
    const api = await openLocalApi({ hooks: ['scene:enter'] });
    const hooks = createHooks();
    api.telemetry.instrument(hooks);
    const calls = Array.from({ length: 100 }, (_, at) => hooks.callHook('scene:enter', { n: at + 1 }));
    const looks = Array.from({ length: 10 }, () => api.call('/hooks'));
    await Promise.all([...calls, ...looks]);
    const hook = (await hooksOf(api))['scene:enter'];
    expect(hook.total).toBe(100);
    expect(numbersOf(hook)).toEqual([96, 97, 98, 99, 100]);
  });

  it('have a total and the last five samples in order, after seven', async () => {
    const api = await openLocalApi({ hooks: ['scene:enter', 'scene:leave'] });
    const emitter = new EventEmitter();
    api.telemetry.instrument(emitter);
    for (let n = 1; n <= 7; n += 1) emitter.emit('scene:enter', { n });
    emitter.emit('scene:leave', { n: 1 });
    const hooks = await hooksOf(api);
    expect([hooks['scene:enter'].total, numbersOf(hooks['scene:enter'])]).toEqual([7, [3, 4, 5, 6, 7]]);
    expect([hooks['scene:leave'].total, numbersOf(hooks['scene:leave'])]).toEqual([1, [1]]);
  });

  it('make no counter under a name that nobody declared', async () => {
    const api = await openLocalApi({ hooks: ['scene:enter'] });
    const emitter = new EventEmitter();
    api.telemetry.instrument(emitter);
    api.telemetry.hook('scene:canary', { n: 1 });
    emitter.emit('scene:canary', { n: 1 });
    const { bytes } = await api.call('/hooks');
    expect(JSON.parse(bytes.toString())).toEqual({ hooks: {}, feature_flag: true });
    expect((await api.call('/summary')).bytes.toString()).not.toContain('canary');
  });

  it('reach the host’s own listeners all the same when nothing can be counted', async () => {
    const api = await openLocalApi({ hooks: ['scene:enter'] });
    const emitter = new EventEmitter();
    const heard: number[] = [];
    api.telemetry.instrument(emitter);
    emitter.on('scene:enter', ({ n }) => heard.push(n));
    emitter.emit('scene:enter', { n: 1 });
    expect((await hooksOf(api))['scene:enter'].total).toBe(1);

    rmSync(join(api.directory, 'usage'), { recursive: true });
    writeFileSync(join(api.directory, 'usage'), 'a file in the place of the folder');
    emitter.emit('scene:enter', { n: 2 });
    expect((await api.post('/features', { feature: 'a.b' })).json).toMatchObject({
      recorded: false,
      reason: 'not_recorded',
      telemetry_active: true,
    });
    expect(heard).toEqual([1, 2]);
    for (const path of ['/health', '/hooks', '/summary']) expect((await api.call(path)).status).toBe(200);

    rmSync(join(api.directory, 'usage'));
    emitter.emit('scene:enter', { n: 3 });
    expect((await hooksOf(api))['scene:enter'].total).toBe(1);
  });

  it('reach them in a directory that nobody may write to', async () => {
    const directory = join(createReadOnlyDirectory(), 'state');
    mkdirSync(directory, { mode: 0o755 });
    const api = await openLocalApi({ hooks: ['scene:enter'], store: { directory } });
    const emitter = new EventEmitter();
    const heard: number[] = [];
    emitter.on('scene:enter', ({ n }) => heard.push(n));
    api.telemetry.instrument(emitter);
    withoutSpecialRights(() => {
      for (let n = 1; n <= 3; n += 1) emitter.emit('scene:enter', { n });
    });
    expect(heard).toEqual([1, 2, 3]);
    expect(await hooksOf(api)).toEqual({});
    expect((await api.call('/health')).json).toMatchObject({ ok: true });
  });
});

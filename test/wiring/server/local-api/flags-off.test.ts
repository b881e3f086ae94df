import { chmodSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createDirectory } from '../../../support/directories.js';
import { type LocalApi, openLocalApi } from './support.js';

const MAX_BYTES = 65_536;

async function openWith(content: string | Uint8Array) {
  const configFile = join(createDirectory(), 'config', 'acme.json');
  mkdirSync(dirname(configFile));
  writeFileSync(configFile, content);
  const api = await openLocalApi({ umbrellaFlag: true, configFile });
  return { api, configFile, read: () => readFileSync(configFile) };
}

const patch = (api: LocalApi, body: unknown) => api.call('/flags', { method: 'PATCH', body });
const isActive = async (api: LocalApi) => (await api.call('/health')).json.telemetry_active;

const ON = '{"features":{"enable_observability":true,"enable_privacy_telemetry":true}}';
const LATIN_1 = Buffer.from(ON.replace('{', '{"caf\u00e9":"\u00fc\u00ff",'), 'latin1');

describe('a config file whose flag counts as on', () => {
  it.each<readonly [string, string | Uint8Array]>([
    ['that says other things twice', ON.replace('{', '{"a":1,"a":2,"o":{"b":1,"b":2},')],
    ['that says another feature twice', ON.replace('"enable_o', '"z":1,"z":2,"enable_o')],
    ['in UTF-16', Buffer.from(`\ufeff${ON.replace('{', '{"name":"ü😀",')}`, 'utf16le')],
    ['in UTF-16 with half a character too much', Buffer.from(`\ufeff${ON} `, 'utf16le').subarray(0, -1)],
    ['in UTF-8 with a mark', `\ufeff${ON}`],
    ['in Latin-1', LATIN_1],
    ['that is nested deeply', ON.replace('{', `{"a":${'['.repeat(1_000)}${']'.repeat(1_000)},`)],
    ['whose key is escaped', ON.replace('features', 'feat\\u0075res')],
  ])('can be switched off, and no other byte changes: %s', async (_, content) => {
    const { api, read } = await openWith(content);
    expect(await isActive(api)).toBe(true);
    const { status, json } = await patch(api, { enable_observability: false });
    expect([status, json.flags?.enable_observability]).toEqual([200, false]);
    expect(await isActive(api)).toBe(false);
    const isUtf16 = Buffer.from(content)[0] === 0xff;
    const encoded = (text: string) => Buffer.from(text, isUtf16 ? 'utf16le' : 'latin1').toString('latin1');
    const before = Buffer.from(content).toString('latin1');
    expect(read().toString('latin1')).toBe(before.replaceAll(encoded('true'), encoded('false')));
  });

  it.each([
    '{"features":{"enable_observability":true},"other":{"enable_observability":1,"enable_observability":2}}',
    '{"a":{"features":{}},"a":1,"features":{"enable_observability":true}}',
  ])('is not changed where nobody can say what it says: %j', async (text) => {
    const { api, read } = await openWith(text);
    expect(await isActive(api)).toBe(false);
    const { status, json } = await patch(api, { enable_observability: true });
    expect([status, json.code]).toEqual([409, 'CONFIG_FILE_UNREADABLE']);
    expect(read().toString()).toBe(text);
  });

  it('is not made so large that it could not be read again, with its mark', async () => {
    const withPad = (bytes: number) => `\ufeff{"pad":"${'x'.repeat(bytes)}","features":{}}`;
    const switched = await openWith(withPad(0));
    await patch(switched.api, { enable_crash_uploader: true });
    const fitting = MAX_BYTES - switched.read().length;
    const fits = await openWith(withPad(fitting));
    expect((await patch(fits.api, { enable_crash_uploader: true })).json.flags?.enable_crash_uploader).toBe(
      true,
    );
    expect(statSync(fits.configFile).size).toBe(MAX_BYTES);
    const tooLarge = await openWith(withPad(fitting + 1));
    expect((await patch(tooLarge.api, { enable_crash_uploader: true })).status).toBe(409);
    expect(tooLarge.read().toString()).toBe(withPad(fitting + 1));
  });

  it('can be switched off through a link, whatever the file behind it is called', async () => {
    const configFile = join(createDirectory(), 'acme.json');
    const behind = join(createDirectory(), 'acme.toml');
    writeFileSync(behind, ON);
    symlinkSync(behind, configFile);
    const api = await openLocalApi({ umbrellaFlag: true, configFile });
    expect(await isActive(api)).toBe(true);
    expect((await patch(api, { enable_observability: false })).status).toBe(200);
    expect(await isActive(api)).toBe(false);
    expect(readFileSync(behind, 'utf8')).toBe(ON.replaceAll('true', 'false'));
  });

  it('is not replaced when its owner made it read-only', async () => {
    const { api, configFile, read } = await openWith(ON);
    chmodSync(configFile, 0o444);
    const { status, json } = await patch(api, { enable_observability: false });
    expect([status, json.code]).toEqual([409, 'CONFIG_FILE_NOT_WRITABLE']);
    expect(json.detail).not.toContain(dirname(configFile));
    expect(read().toString()).toBe(ON);
    expect(statSync(configFile).mode & 0o777).toBe(0o444);
    // What it says already needs no writing.
    expect((await patch(api, { enable_observability: true })).status).toBe(200);
  });

  it('stays as it is when nothing is asked for, with or without a body', async () => {
    const { api, read } = await openWith(ON);
    for (const body of [undefined, {}]) expect((await patch(api, body)).status).toBe(200);
    expect(read().toString()).toBe(ON);
  });
});

import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { temporaryDirectory } from '../../../support/wiring.js';
import { type LocalApi, openLocalApi } from './support.js';

async function createFolder(): Promise<string> {
  const folder = await temporaryDirectory();
  onTestFinished(() => folder[Symbol.asyncDispose]());
  return folder.path;
}

async function openWithConfig(text?: string, name = 'acme.json') {
  const folder = await createFolder();
  const configFile = join(folder, 'config', name);
  if (text !== undefined) {
    mkdirSync(join(folder, 'config'));
    writeFileSync(configFile, text);
  }
  const api = await openLocalApi({ umbrellaFlag: true, configFile });
  return { api, folder, configFile, read: () => readFileSync(configFile, 'utf8') };
}

const patch = (api: LocalApi, body: unknown) => api.call('/flags', { method: 'PATCH', body });

describe('PATCH /flags', () => {
  it('makes the file where there is none, for this user only', async () => {
    const { api, configFile, read } = await openWithConfig();
    expect((await api.call('/flags')).json).toMatchObject({
      flags: { enable_observability: false, enable_privacy_telemetry: false, enable_crash_uploader: false },
      status: 'absent',
      feature_flag: false,
    });
    const { status, json } = await patch(api, { enable_observability: true });
    expect(status).toBe(200);
    expect(json).toMatchObject({
      flags: { enable_observability: true, enable_privacy_telemetry: true, enable_crash_uploader: false },
      status: 'read',
      feature_flag: true,
    });
    expect(JSON.parse(read())).toEqual({
      features: { enable_observability: true, enable_privacy_telemetry: true },
    });
    expect(statSync(configFile).mode & 0o777).toBe(0o600);
  });

  it.each([
    ['enable_observability', true],
    ['enable_privacy_telemetry', true],
    ['enable_observability', false],
    ['enable_privacy_telemetry', false],
  ])('sets the umbrella and its alias when %s is set to %j', async (flag, value) => {
    const { api, read } = await openWithConfig(
      `{"features": {"enable_observability": ${!value}, "enable_privacy_telemetry": ${!value}}}`,
    );
    await patch(api, { [flag]: value });
    expect(JSON.parse(read()).features).toEqual({
      enable_observability: value,
      enable_privacy_telemetry: value,
    });
  });

  it('with nothing in it makes no file', async () => {
    const { api, configFile } = await openWithConfig();
    expect((await patch(api, {})).status).toBe(200);
    expect(existsSync(configFile)).toBe(false);
  });

  it('changes the crash flag alone', async () => {
    const { api, read } = await openWithConfig('{"features": {"enable_observability": true}}');
    await patch(api, { enable_crash_uploader: true });
    expect(JSON.parse(read()).features).toEqual({ enable_observability: true, enable_crash_uploader: true });
  });

  it('leaves every other byte of the file, and its permissions', async () => {
    const text =
      '\ufeff{\r\n   "theme":"däрk",\r\n "features" : { "enable_observability":false ,"enable_privacy_telemetry": false },\r\n\t"telemetry":{"x":[1 , 2]} }  ';
    const { api, configFile, read } = await openWithConfig(text);
    chmodSync(configFile, 0o644);
    expect((await patch(api, { enable_observability: true })).status).toBe(200);
    expect(read()).toBe(text.replaceAll('false', 'true'));
    expect(statSync(configFile).mode & 0o777).toBe(0o644);
    expect(readdirSync(join(configFile, '..'))).toEqual(['acme.json']);
  });

  it('counts at once: what is recorded stops and goes on with the flag', async () => {
    const { api } = await openWithConfig('{"features": {"enable_observability": true}}');
    const recorded = async () => (await api.post('/features', { feature: 'a.b' })).json.recorded;
    expect(await recorded()).toBe(true);
    await patch(api, { enable_observability: false });
    expect(await recorded()).toBe(false);
    await patch(api, { enable_observability: true });
    expect(await recorded()).toBe(true);
  });

  it('follows a link to the file, and the link stays', async () => {
    const { api, folder, configFile } = await openWithConfig();
    mkdirSync(join(folder, 'config'));
    mkdirSync(join(folder, 'dotfiles'));
    const real = join(folder, 'dotfiles', 'real.json');
    writeFileSync(real, '{}');
    symlinkSync(real, configFile);
    expect((await patch(api, { enable_crash_uploader: true })).status).toBe(200);
    expect(lstatSync(configFile).isSymbolicLink()).toBe(true);
    expect(JSON.parse(readFileSync(real, 'utf8'))).toEqual({ features: { enable_crash_uploader: true } });
    expect(readdirSync(join(folder, 'dotfiles'))).toEqual(['real.json']);
  });

  it.each([
    '[]',
    '{"features": []}',
    '{"features": {',
    '// mine\n{}',
    '{"features":{"enable_observability":true,"enable_observability":false}}',
    '"x"',
  ])('writes nothing into %j', async (text) => {
    const { api, read } = await openWithConfig(text);
    const { status, json } = await patch(api, { enable_observability: true });
    expect([status, json.code]).toEqual([409, 'CONFIG_FILE_UNREADABLE']);
    expect(typeof json.feature_flag).toBe('boolean');
    expect(read()).toBe(text);
  });

  it('writes nothing into TOML, a folder, a large file, or where a link leads nowhere', async () => {
    const toml = await openWithConfig('[features]\n', 'acme.toml');
    expect((await patch(toml.api, { enable_observability: true })).json).toMatchObject({
      code: 'CONFIG_FILE_NOT_JSON',
      detail: expect.stringContaining('Edit it by hand'),
    });
    expect(toml.read()).toBe('[features]\n');

    const large = await openWithConfig(`{"x":"${'x'.repeat(65_530)}"}`);
    expect((await patch(large.api, { enable_observability: true })).status).toBe(409);

    const nowhere = await openWithConfig();
    mkdirSync(join(nowhere.folder, 'config'));
    symlinkSync(join(nowhere.folder, 'gone.json'), nowhere.configFile);
    expect((await patch(nowhere.api, { enable_observability: true })).status).toBe(409);
    expect(existsSync(join(nowhere.folder, 'gone.json'))).toBe(false);

    const folder = await openWithConfig();
    mkdirSync(folder.configFile, { recursive: true });
    expect((await patch(folder.api, { enable_observability: true })).status).toBe(409);
  });

  it('says when the file cannot be written', async () => {
    const { api, folder } = await openWithConfig();
    writeFileSync(join(folder, 'config'), 'a file in the place of the folder');
    const { status, json } = await patch(api, { enable_observability: true });
    expect([status, json.code]).toEqual([409, 'CONFIG_FILE_NOT_WRITABLE']);
    expect(json.detail).not.toContain(folder);
  });

  it.each([
    { enable_observability: 'true' },
    { enable_observability: null },
    { enable_crash_uploader: 1 },
    { features: {} },
    { enable_observability: true, enable_privacy_telemetry: false },
    [],
  ])('takes nothing but booleans that agree: %j', async (body) => {
    const { api, configFile } = await openWithConfig();
    expect((await patch(api, body)).status).toBe(422);
    expect(existsSync(configFile)).toBe(false);
  });

  it('loses none of many changes that come at once, by hand or from here', async () => {
    const { api, read } = await openWithConfig('{"other": 1}');
    const bodies = Array.from({ length: 40 }, (_, at) =>
      at % 2 === 0 ? { enable_observability: true } : { enable_crash_uploader: true },
    );
    const answers = await Promise.all(bodies.map((body) => patch(api, body)));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect(JSON.parse(read())).toEqual({
      other: 1,
      features: { enable_observability: true, enable_privacy_telemetry: true, enable_crash_uploader: true },
    });
  });

  it('is for apps that have such a flag', async () => {
    const api = await openLocalApi();
    const { status, json } = await patch(api, { enable_observability: true });
    expect([status, json.code]).toEqual([409, 'FLAGS_NOT_USED']);
    expect((await api.call('/flags')).json).toEqual({
      flags: null,
      file: null,
      status: null,
      feature_flag: true,
    });
  });
});

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { temporaryDirectory } from '../../../support/wiring.js';
import { type LocalApi, openLocalApi } from './support.js';

const NOTHING = { telemetry_opt_in: false, crash_opt_in: false, diagnostics_opt_in: false, dry_run: true };

const settingsOf = async (api: LocalApi) => (await api.call('/settings')).json.settings;
const answerFile = ({ directory }: LocalApi) => join(directory, 'telemetry_config.json');

async function createConfigFile(): Promise<string> {
  const folder = await temporaryDirectory();
  onTestFinished(() => folder[Symbol.asyncDispose]());
  return join(folder.path, 'acme.json');
}

describe('POST /opt_in', () => {
  it.each([undefined, {}, { crash: null, diagnostics: null, dry_run: null }])(
    'with %j agrees to telemetry in dry run, and to nothing else',
    async (body) => {
      const api = await openLocalApi();
      const { status, json } = await api.post('/opt_in', body);
      expect(status).toBe(200);
      expect(json).toMatchObject({ ok: true, settings: { ...NOTHING, telemetry_opt_in: true } });
      expect(json.health).toMatchObject({ telemetry_opt_in: true, mode: 'local' });
    },
  );

  it('takes an empty body for no body, whatever it is called', async () => {
    const api = await openLocalApi();
    const headers = { 'content-type': 'application/json' };
    expect((await api.call('/opt_in', { method: 'POST', body: '', headers })).status).toBe(200);
  });

  it('switches on what is sent as true, and leaves what is not sent', async () => {
    const api = await openLocalApi();
    await api.post('/opt_in', { crash: true });
    await api.post('/opt_in', { diagnostics: true });
    expect(await settingsOf(api)).toEqual({
      telemetry_opt_in: true,
      crash_opt_in: true,
      diagnostics_opt_in: true,
      dry_run: true,
    });
    await api.post('/opt_in', { dry_run: false });
    await api.post('/opt_in');
    expect(await settingsOf(api)).toMatchObject({ crash_opt_in: true, dry_run: false });
  });
});

describe('POST /settings', () => {
  it('changes only what is sent', async () => {
    const api = await openLocalApi();
    await api.post('/opt_in', { crash: true, diagnostics: true, dry_run: false });
    const { json } = await api.post('/settings', { crash_opt_in: false });
    expect(json.settings).toEqual({
      telemetry_opt_in: true,
      crash_opt_in: false,
      diagnostics_opt_in: true,
      dry_run: false,
    });
    expect(json.crash_uploads_active).toBe(false);
  });

  it.each([{}, undefined, { telemetry_opt_in: null, dry_run: null, purge: null }])(
    'with %j changes nothing, and makes no file',
    async (body) => {
      const api = await openLocalApi();
      const { status, json } = await api.post('/settings', body);
      expect(status).toBe(200);
      expect(json.settings).toEqual(NOTHING);
      expect(() => readFileSync(answerFile(api))).toThrow();
    },
  );

  it('takes no answer that is no boolean', async () => {
    const api = await openLocalApi();
    await api.post('/opt_in');
    const before = readFileSync(answerFile(api));
    for (const value of ['yes', 'true', 1, 0, 'false', [], {}, [true]]) {
      const { status, json } = await api.post('/settings', { crash_opt_in: value, telemetry_opt_in: true });
      expect(status).toBe(422);
      expect(json.errors).toEqual([{ path: 'crash_opt_in', rule: 'must be true or false' }]);
    }
    for (const body of [[], 'null', '"x"', '1']) expect((await api.post('/settings', body)).status).toBe(422);
    const twice = '{"telemetry_opt_in":false,"telemetry_opt_in":true}';
    expect((await api.post('/settings', twice)).status).toBe(422);
    const unknown = await api.post('/settings', { telemetry: true });
    expect(unknown).toMatchObject({ status: 422, json: { code: 'REQUEST_UNPROCESSABLE' } });
    expect(readFileSync(answerFile(api))).toEqual(before);
  });

  it('loses none of 100 changes that come at once', async () => {
    const api = await openLocalApi();
    await api.post('/opt_in');
    const names = ['crash_opt_in', 'diagnostics_opt_in'] as const;
    const calls = Array.from({ length: 100 }, (_, at) =>
      at === 50
        ? api.post('/settings', { dry_run: false })
        : api.post('/settings', { [names[at % 2]!]: at >= 98 }),
    );
    const answers = await Promise.all(calls);
    expect(answers.map(({ status }) => status)).toEqual(Array(100).fill(200));
    const settings = await settingsOf(api);
    expect(settings).toMatchObject({ telemetry_opt_in: true, dry_run: false });

    await Promise.all(
      [{ crash_opt_in: true }, { diagnostics_opt_in: true }, { dry_run: true }].map((body) =>
        api.post('/settings', body),
      ),
    );
    expect(await settingsOf(api)).toEqual({
      telemetry_opt_in: true,
      crash_opt_in: true,
      diagnostics_opt_in: true,
      dry_run: true,
    });
  });

  it('keeps a no when other things are changed afterwards', async () => {
    const api = await openLocalApi({ umbrellaFlag: true, configFile: await createConfigFile() });
    await api.post('/opt_in', { dry_run: false });
    await api.post('/settings', { telemetry_opt_in: false });
    await api.call('/flags', { method: 'PATCH', body: { enable_observability: true } });
    await api.post('/settings', { crash_opt_in: true });
    expect(JSON.parse(readFileSync(answerFile(api), 'utf8')).telemetry_enabled).toBe(false);
    expect((await api.post('/features', { feature: 'a.b' })).json).toMatchObject({ recorded: false });
  });

  it('purges with an opt-out, and another id begins with the next yes', async () => {
    const api = await openLocalApi();
    await api.post('/opt_in', { dry_run: true });
    await api.post('/features', { feature: 'a.b' });
    await api.post('/events', { event: 'e.v' });
    const { json: before } = await api.call('/summary');
    expect(before.features['a.b'].total).toBe(1);

    const { json } = await api.post('/settings', { telemetry_opt_in: false, purge: true });
    expect(json.purged).toEqual({ deleted_files: expect.any(Number), failed: [] });
    expect(json.purged.deleted_files).toBeGreaterThan(0);
    expect((await api.call('/summary')).json).toMatchObject({ anonymous_id: null, features: {}, hooks: {} });
    expect((await api.call('/events')).json.events).toEqual([]);

    await api.post('/opt_in');
    const { json: after } = await api.call('/summary');
    expect(after.anonymous_id).toMatch(/^[0-9a-f]{32}$/);
    expect(after.anonymous_id).not.toBe(before.anonymous_id);
  });
});

describe('a file that cannot be read', () => {
  it('keeps what allows more from being stored, and nothing else', async () => {
    const api = await openLocalApi();
    await api.post('/opt_in', { crash: true });
    writeFileSync(answerFile(api), '{"telemetry_enabled": tr');
    expect((await api.call('/health', { headers: { authorization: '' } })).json).toMatchObject({
      ok: true,
      telemetry_active: false,
      warnings: [{ code: 'CONSENT_FILE_UNREADABLE' }],
    });
    for (const [path, body] of [
      ['/opt_in', undefined],
      ['/settings', { telemetry_opt_in: true }],
      ['/settings', { crash_opt_in: true }],
      ['/settings', { dry_run: false }],
    ] as const) {
      const { status, json } = await api.post(path, body);
      expect([status, json.code]).toEqual([409, 'CONSENT_FILE_UNREADABLE']);
      expect(readFileSync(answerFile(api), 'utf8')).toBe('{"telemetry_enabled": tr');
    }
    const { status, json } = await api.post('/settings', { telemetry_opt_in: false });
    expect([status, json.settings.telemetry_opt_in]).toEqual([200, false]);
    expect(json.health.warnings).toEqual([]);
  });

  it('lets the no of a request stand that also allows more', async () => {
    const api = await openLocalApi();
    await api.post('/opt_in', { dry_run: false });
    writeFileSync(answerFile(api), 'x');
    const { status } = await api.post('/settings', { telemetry_opt_in: false, crash_opt_in: true });
    expect(status).toBe(409);
    expect(await settingsOf(api)).toMatchObject({ telemetry_opt_in: false, crash_opt_in: false });
  });

  it.each(['[]', '{"features": {', '"x"'])(
    'may be the config file of the app, with %s in it',
    async (text) => {
      const configFile = await createConfigFile();
      const api = await openLocalApi({ umbrellaFlag: true, configFile });
      writeFileSync(configFile, text);
      expect((await api.call('/health')).json).toMatchObject({
        feature_flag: false,
        warnings: [{ code: 'CONFIG_FILE_UNREADABLE' }],
      });
      const { status, json } = await api.post('/opt_in');
      expect([status, json.code]).toEqual([409, 'CONFIG_FILE_UNREADABLE']);
      expect((await api.post('/settings', { telemetry_opt_in: false })).status).toBe(200);
      expect(readFileSync(configFile, 'utf8')).toBe(text);
    },
  );
});

describe('an answer that cannot be stored', () => {
  it('is told with a code of its own, and a no holds in this process all the same', async () => {
    const api = await openLocalApi();
    expect((await api.post('/features', { feature: 'a.b' })).json.recorded).toBe(true);
    rmSync(answerFile(api), { force: true });
    mkdirSync(answerFile(api));
    const { status, json } = await api.post('/settings', { telemetry_opt_in: false });
    expect(status).toBe(507);
    expect(json).toMatchObject({ code: 'CONSENT_NOT_STORED', feature_flag: true });
    expect((await api.post('/features', { feature: 'a.b' })).json.recorded).toBe(false);
  });
});

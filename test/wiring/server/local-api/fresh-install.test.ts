import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type ServedApp, serveApp } from './served-app.js';

const BOOLEANS = [false, true];

function writeFlags({ configFile }: ServedApp, features: Record<string, unknown>): void {
  mkdirSync(dirname(configFile), { recursive: true });
  writeFileSync(configFile, JSON.stringify({ features, other: { stays: [1] } }));
}

describe('a fresh install', () => {
  it('answers GET /health with everything off, and leaves nothing on disk', async () => {
    const app = await serveApp({ umbrellaFlag: true }, { hasToken: false });
    for (let call = 0; call < 3; call += 1) {
      const { status, json } = await app.call('/health', { headers: { authorization: '' } });
      expect(status).toBe(200);
      expect(json).toEqual({
        ok: true,
        flag_enabled: false,
        telemetry_opt_in: false,
        telemetry_active: false,
        crash_opt_in: false,
        crash_active: false,
        diagnostics_opt_in: false,
        diagnostics_active: false,
        dry_run: true,
        last_settings_update: null,
        anonymous_preview: null,
        mode: 'off',
        reason: expect.any(String),
        warnings: [],
        feature_flag: false,
      });
    }
    expect(app.sandbox.leftOver()).toEqual([]);
  });

  it('answers everything else with the advice to run the token command, and leaves nothing on disk either', async () => {
    const app = await serveApp({ command: 'acme telemetry' }, { hasToken: false });
    for (const path of ['/settings', '/summary', '/diagnostics', '/nothing']) {
      const { status, headers, json } = await app.call(path);
      expect(status).toBe(401);
      expect(headers['www-authenticate']).toBe('Bearer');
      expect(json).toMatchObject({ code: 'REQUEST_UNAUTHORIZED', feature_flag: true });
      expect(json.detail).toContain('acme telemetry token');
    }
    const opt = await app.post('/opt_in');
    expect(opt.status).toBe(401);
    expect(app.sandbox.leftOver()).toEqual([]);
  });

  it('records nothing before somebody agrees, says why, and makes no file for it', async () => {
    const app = await serveApp();
    const before = app.sandbox.leftOver();
    expect((await app.call('/settings')).json.settings).toEqual({
      telemetry_opt_in: false,
      crash_opt_in: false,
      diagnostics_opt_in: false,
      dry_run: true,
    });
    for (const [path, body] of [
      ['/features', { feature: 'toolkit.launch' }],
      ['/events', { event: 'modder.asset.saved' }],
    ] as const) {
      const { status, json } = await app.post(path, body);
      expect(status).toBe(200);
      expect(json).toEqual({
        ok: true,
        recorded: false,
        reason: 'not_asked',
        telemetry_active: false,
        feature_flag: true,
      });
    }
    expect(app.sandbox.leftOver()).toEqual(before);
  });
});

describe('the flags over the decision', () => {
  it('count as the table of all 128 combinations says', async () => {
    const app = await serveApp({ umbrellaFlag: true });
    let looked = 0;
    for (const umbrella of BOOLEANS)
      for (const legacy of BOOLEANS)
        for (const crashFlag of BOOLEANS) {
          writeFlags(app, {
            ...(umbrella && { enable_observability: true }),
            ...(legacy && { enable_privacy_telemetry: true }),
            enable_crash_uploader: crashFlag,
          });
          for (const telemetry_opt_in of BOOLEANS)
            for (const crash_opt_in of BOOLEANS)
              for (const diagnostics_opt_in of BOOLEANS)
                for (const dry_run of BOOLEANS) {
                  const asked = { telemetry_opt_in, crash_opt_in, diagnostics_opt_in, dry_run };
                  const changed = await app.post('/settings', asked);
                  const { json } = await app.call('/health');
                  const flag = umbrella || legacy;
                  const telemetry_active = flag && telemetry_opt_in;
                  expect(changed.json.settings).toEqual(asked);
                  expect(json).toMatchObject({
                    ...asked,
                    flag_enabled: flag,
                    feature_flag: flag,
                    telemetry_active,
                    crash_active: telemetry_active && crashFlag && crash_opt_in,
                    diagnostics_active: telemetry_active && diagnostics_opt_in,
                  });
                  looked += 1;
                }
        }
    expect(looked).toBe(128);
  });

  it('are the explicit umbrella, or else its alias, and true alone', async () => {
    const app = await serveApp({ umbrellaFlag: true });
    for (const [features, isOn] of [
      [{ enable_observability: false, enable_privacy_telemetry: true }, false],
      [{ enable_observability: true, enable_privacy_telemetry: false }, true],
      [{ enable_privacy_telemetry: true }, true],
      [{ enable_observability: 'true', enable_privacy_telemetry: true }, false],
      [{ enable_observability: 1 }, false],
      [{}, false],
    ] as const) {
      writeFlags(app, features);
      expect((await app.call('/health')).json).toMatchObject({ feature_flag: isOn, flag_enabled: isOn });
      expect((await app.call('/nothing')).json).toMatchObject({ feature_flag: isOn });
      expect((await app.call('/flags')).json.flags.enable_observability).toBe(isOn);
    }
  });

  it('keep what is opted into local: the answer is stored, and nothing is active', async () => {
    const app = await serveApp({ umbrellaFlag: true });
    const { status, json } = await app.post('/opt_in', { crash: true });
    expect(status).toBe(200);
    expect(json).toMatchObject({
      ok: true,
      settings: { telemetry_opt_in: true, crash_opt_in: true, diagnostics_opt_in: false, dry_run: true },
      telemetry_active: false,
      feature_flag: false,
    });
    const stored = JSON.parse(readFileSync(join(app.directory, 'telemetry_config.json'), 'utf8'));
    expect(stored).toMatchObject({
      telemetry_enabled: true,
      crash_reporting_enabled: true,
      dry_run: true,
    });
  });
});

describe('an answer that is written by hand', () => {
  it('counts with the next request, without a restart', async () => {
    const app = await serveApp();
    await app.post('/opt_in');
    const record = async () => (await app.post('/features', { feature: 'a.b' })).json;
    expect(await record()).toMatchObject({ recorded: true });
    const path = join(app.directory, 'telemetry_config.json');
    const answer = JSON.parse(readFileSync(path, 'utf8'));
    writeFileSync(path, JSON.stringify({ ...answer, telemetry_enabled: false }));
    expect(await record()).toMatchObject({ recorded: false, reason: 'consent_file' });
    rmSync(path);
    expect(await record()).toMatchObject({ recorded: false, reason: 'not_asked' });
    for (const value of ['true', 1, [], 'yes', null]) {
      writeFileSync(path, JSON.stringify({ ...answer, telemetry_enabled: value }));
      expect(await record()).toMatchObject({ recorded: false, telemetry_active: false });
      expect((await app.call('/health')).json).toMatchObject({ telemetry_opt_in: false });
    }
    writeFileSync(path, JSON.stringify(answer));
    expect(await record()).toMatchObject({ recorded: true });
  });
});

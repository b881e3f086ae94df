import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { expect, it, onTestFinished } from 'vitest';
import { createSandbox } from '../support/sandbox.js';
import { type Studio, startStudio, useBuiltStudio } from './studio.js';

const studio = useBuiltStudio();

/** A machine of its own, on which studios can be started one after another and at once. */
async function createMachine(options: Record<string, unknown> = {}) {
  const sandbox = await createSandbox();
  const directory = join(sandbox.root, 'home', 'state');
  const configFile = join(sandbox.root, 'home', 'acme.json');
  const running: Studio[] = [];
  onTestFinished(async () => {
    await Promise.all(running.map((one) => one.kill()));
    sandbox[Symbol.dispose]();
  });
  const start = async (more: Record<string, unknown> = {}): Promise<Studio> => {
    const place = { directory, cwd: sandbox.root, env: sandbox.env };
    const one = await startStudio(studio(), { ...place, options: { ...options, ...more } });
    running.push(one);
    return one;
  };
  return { directory, configFile, start };
}

const totalOf = async (one: Studio): Promise<number> =>
  (await one.call('/summary')).json.features['toolkit.launch']?.total ?? 0;

const ROUNDS = 30;
const AT_ONCE = 4;

it('loses nothing that was acknowledged, and no section of the config file, when it is killed in the middle, again and again', async () => {
  const { directory, configFile, start } = await createMachine();
  const sections = { theme: 'dark', nested: { list: [1, { x: null }], text: 'ünï' } };
  writeFileSync(
    configFile,
    JSON.stringify({ ...sections, features: { enable_observability: true } }, null, 3),
  );
  const options = { umbrellaFlag: true, configFile };
  let acknowledged = 0;
  let asked = 0;
  for (let round = 1; round <= ROUNDS; round += 1) {
    const one = await start(options);
    if (round === 1) await one.post('/opt_in', { dry_run: true });
    const before = await totalOf(one);
    expect(before).toBeGreaterThanOrEqual(acknowledged);
    expect(before).toBeLessThanOrEqual(asked);
    expect((await one.call('/health')).json).toMatchObject({ telemetry_active: true, warnings: [] });

    const enough = acknowledged + 5 + (round % 7) * 3;
    let isOver = false;
    const count = async () => {
      while (!isOver) {
        asked += 1;
        const { json } = await one.post('/features', { feature: 'toolkit.launch' });
        if (json.recorded) acknowledged += 1;
        if (acknowledged >= enough) isOver = true;
      }
    };
    const change = async () => {
      for (let at = 0; !isOver; at += 1) {
        const body = { enable_crash_uploader: at % 2 === 0 };
        await one.call('/flags', { method: 'PATCH', body });
        await one.post('/settings', { crash_opt_in: at % 2 === 0 });
      }
    };
    const calls = [...Array.from({ length: AT_ONCE }, count), change(), change()];
    // Whoever is the first to have enough does not wait for the others, which are in the middle of something.
    await Promise.race(calls).catch(() => {});
    isOver = true;
    await one.kill();
    await Promise.allSettled(calls);

    const config = JSON.parse(readFileSync(configFile, 'utf8'));
    expect(config).toMatchObject({ ...sections, features: { enable_observability: true } });
    const answer = JSON.parse(readFileSync(join(directory, 'telemetry_config.json'), 'utf8'));
    expect(answer).toMatchObject({ telemetry_enabled: true, dry_run: true });
  }
  const last = await start(options);
  const total = await totalOf(last);
  expect(total).toBeGreaterThanOrEqual(acknowledged);
  expect(total).toBeLessThanOrEqual(asked);
  expect(acknowledged).toBeGreaterThan(ROUNDS * 5);
});

it('counts exactly what two processes are asked to count at once, and each tells of both', async () => {
  const { start } = await createMachine();
  const both = await Promise.all([start(), start()]);
  await both[0].post('/opt_in', { diagnostics: true });
  await Promise.all(
    both.map(async (one) => {
      for (let n = 0; n < 500; n += 10) {
        const answers = await Promise.all(
          Array.from({ length: 10 }, () => one.post('/features', { feature: 'toolkit.launch' })),
        );
        for (const { status, json } of answers) expect([status, json.recorded]).toEqual([200, true]);
      }
    }),
  );
  expect(await Promise.all(both.map(totalOf))).toEqual([1_000, 1_000]);
  const ids = await Promise.all(both.map(async (one) => (await one.call('/summary')).json.anonymous_id));
  expect(ids[0]).toMatch(/^[0-9a-f]{32}$/);
  expect(ids[1]).toBe(ids[0]);
});

it('gives everybody a whole bundle whom two processes answer at once', async () => {
  const { start } = await createMachine();
  const both = await Promise.all([start(), start()]);
  await both[0].post('/opt_in', { diagnostics: true });
  const answers = await Promise.all(
    Array.from({ length: 40 }, (_, at) => (both[at % 2] as Studio).call('/diagnostics')),
  );
  expect(answers.map(({ status }) => status)).toEqual(Array(40).fill(200));
  for (const { bytes } of answers) expect(Object.keys(unzipSync(bytes))).toHaveLength(3);
  expect(new Set(answers.map(({ headers }) => headers['content-disposition'])).size).toBe(40);
});

it('says the new version in its summary and its bundle after an upgrade, and counts on', async () => {
  const { start } = await createMachine();
  const old = await start({ version: '1.4.0' });
  await old.post('/opt_in', { diagnostics: true });
  await old.post('/features', { feature: 'toolkit.launch' });
  const before = (await old.call('/summary')).json;
  expect(before.app_version).toBe('1.4.0');
  await old.kill();

  const upgraded = await start({ version: '2.0.0-beta.1' });
  await upgraded.post('/features', { feature: 'toolkit.launch' });
  const { json } = await upgraded.call('/summary');
  expect(json).toMatchObject({
    app_version: '2.0.0-beta.1',
    anonymous_id: before.anonymous_id,
    features: { 'toolkit.launch': { total: 2 } },
  });
  const files = unzipSync((await upgraded.call('/diagnostics')).bytes);
  for (const name of ['manifest.json', 'telemetry.json'])
    expect(JSON.parse(new TextDecoder().decode(files[name])).app_version).toBe('2.0.0-beta.1');
});

it('follows a no that another process was told, with the next request', async () => {
  const { start } = await createMachine();
  const [one, other] = await Promise.all([start(), start()]);
  await one.post('/opt_in');
  expect((await other.post('/features', { feature: 'toolkit.launch' })).json.recorded).toBe(true);
  await one.post('/settings', { telemetry_opt_in: false, purge: true });
  expect((await other.post('/features', { feature: 'toolkit.launch' })).json).toMatchObject({
    recorded: false,
    reason: 'consent_file',
  });
  expect(await totalOf(other)).toBe(0);
});

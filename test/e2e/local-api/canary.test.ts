import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Canaries, findCanaries } from '../../support/canaries.js';
import { RecordingServer } from '../../support/recording-server.js';
import { filesIn } from '../../wiring/server/local-api/files-in.js';
import { createSandbox } from '../support/sandbox.js';
import { type Studio, startStudio, useBuiltStudio } from './studio.js';

const studio = useBuiltStudio();

const HOST = 'canary-box-7x';
const USER = 'canarina7x';

/** Written in parts, so that nobody takes them for real ones. */
const SECRETS: Canaries = {
  user: USER,
  host: HOST,
  email: 'ada.canary@corp-mail.example.org',
  path: '/srv/plans-canary/salaries-2026.xlsx',
  token: `ghp_${'a1B2c3D4e5F6'.repeat(3)}`,
  bearer: `eyJhbGciOiJIUzI1NiJ9.${'eyJzdWIiOiJjYW5hcnkifQ'}.${'dBjftJeZ4CVPmB92K27uhbUJU1p1r'}`,
};
/** Known to be an asset by its key alone: as a name it would be any label. */
const ASSET = 'character.canary-hero-4711';

/** Only root can give a process a machine's name of its own; elsewhere the name is just another secret that is planted. */
const CAN_NAME_HOST = spawnSync('unshare', ['--uts', 'hostname', HOST]).status === 0;

const onHost = (command: readonly string[]): readonly string[] =>
  CAN_NAME_HOST
    ? ['unshare', '--uts', 'sh', '-c', `hostname ${HOST} && exec "$@"`, 'sh', ...command]
    : command;

const ROUTES = [
  ...['/health', '/settings', '/summary', '/events?limit=200', '/hooks', '/crashes', '/preview', '/flags'],
  '/openapi.json',
];

/** A payload as a careless script makes it: everything it knows, as keys and values, at every depth. */
function carelessly(known: Canaries): object {
  const all = Object.values(known);
  const sentence = `see ${all.join(', ')} (asset ${ASSET})`;
  const { user, host, email, token, path } = known;
  return {
    asset_id: ASSET,
    assetId: [ASSET],
    asset: { id: ASSET, uuid: { inner: ASSET } },
    author: email,
    note: sentence,
    text: all,
    list: [sentence, [all, { sentence, deep: { all } }]],
    pairs: [
      ['password', token],
      ['token', token],
    ],
    url: `https://${user}:${token}@${host}/?q=${encodeURIComponent(email ?? '')}`,
    error: `ENOENT: no such file or directory, open '${path}'`,
    ...Object.fromEntries(all.map((value) => [value, value])),
    nested: Object.fromEntries(all.map((value) => [`of ${value}`, { [value]: ASSET.length }])),
    size: 3,
  };
}

/** Everything that a script and a host can tell the studio. */
async function tellEverything(one: Studio, known: Canaries): Promise<void> {
  const payload = carelessly(known);
  for (const value of [...Object.values(known), `x ${ASSET}`]) {
    for (const name of [value, `about ${value}`, `${value}.opened`, `toolkit:${value}`]) {
      await one.post('/features', { feature: name });
      await one.post('/features', { feature: 'toolkit.launch', variant: name });
      await one.post('/events', { event: name, payload });
      await one.post('/events', { event: 'asset.saved', category: name, payload });
      await one.call(`/preview?${new URLSearchParams({ event: name })}`);
    }
  }
  await one.post('/features', { feature: 'toolkit.launch', variant: 'dark' });
  await one.post('/events', { event: 'asset.saved', payload });
  for (let n = 0; n < 6; n += 1) await one.tell({ hook: 'scene:enter', payload });
  await one.tell({ hook: 'scene:enter', payload: Object.values(known) });
  const { path, email, user } = known;
  const message = `cannot save ${ASSET} of ${email}: ${Object.values(known).join(' ')}`;
  for (const text of [message, JSON.stringify(payload), ''])
    await one.tell({
      message: text,
      stack: `${user}: ${text}\n    at save (${path}:10:5)\n    at ${user} (file://${path}:1:2)`,
      context: { ...payload, error_code: email, operation: path, step_name: `save ${ASSET}` },
    });
}

/** What a zip says besides the content of its files, by the offsets of its format. */
function readZipRecords(bytes: Buffer) {
  const end = bytes.lastIndexOf('PK\u0005\u0006', undefined, 'latin1');
  const entries = [];
  let at = bytes.readUInt32LE(end + 16);
  for (let n = bytes.readUInt16LE(end + 10); n > 0; n -= 1) {
    const [name, extra, comment] = [28, 30, 32].map((offset) => bytes.readUInt16LE(at + offset)) as [
      number,
      number,
      number,
    ];
    entries.push({ time: bytes.readUInt16LE(at + 12), day: bytes.readUInt16LE(at + 14), extra, comment });
    at += 46 + name + extra + comment;
  }
  return { entries, comment: bytes.readUInt16LE(end + 20), isAtEnd: end + 22 === bytes.length };
}

describe('what a careless script knows about its user', () => {
  it.each([true, false])(
    'is in no answer, no file, no bundle and no byte on the wire, with dry run %j',
    async (isDryRun) => {
      const sandbox = await createSandbox();
      const server = await RecordingServer.start();
      const home = join(sandbox.root, 'home', USER);
      const directory = join(home, '.local', 'share', 'acme', 'telemetry');
      const cwd = join(home, 'plans of ada');
      mkdirSync(cwd, { recursive: true });
      const one = await startStudio(studio(), {
        directory,
        cwd,
        env: { ...sandbox.env, HOME: home, USER, LOGNAME: USER },
        options: {
          version: '1.4.0',
          hooks: ['scene:enter'],
          posthog: { key: 'phc_test', host: server.url },
          delivery: { batchSize: 5 },
        },
        through: onHost,
      });
      onTestFinished(async () => {
        await one.kill();
        await server.close();
        sandbox[Symbol.dispose]();
      });
      const known: Canaries = { ...SECRETS, home, cwd };
      const canaries: Canaries = { ...known, asset: ASSET };

      const agreed = await one.post('/opt_in', { crash: true, diagnostics: true, dry_run: isDryRun });
      expect(agreed.json.health.mode).toBe(isDryRun ? 'local' : 'on');
      await tellEverything(one, known);
      if (!isDryRun) await server.batchesArrived(1);

      const answers = await Promise.all(ROUTES.map((path) => one.call(path)));
      expect(answers.map(({ status }) => status)).toEqual(ROUTES.map(() => 200));
      for (const [at, { bytes, headers }] of answers.entries())
        expect(findCanaries(`${bytes}${JSON.stringify(headers)}`, canaries), ROUTES[at]).toEqual([]);
      const [, , summary, events, hooks, crashes] = answers.map(({ json }) => json);
      expect(summary.features['toolkit.launch'].variants.dark).toBe(1);
      expect(events.events.at(-1).payload.size).toBe(3);
      expect([hooks.hooks['scene:enter'].total, crashes.crashes.length]).toEqual([7, 3]);

      const bundle = await one.call('/diagnostics');
      const files = Object.entries(unzipSync(bundle.bytes));
      expect(files).toHaveLength(3);
      const texts = files.map(([name, bytes]) => `${name}\n${Buffer.from(bytes).toString('latin1')}`);
      expect(findCanaries(texts.join('\n'), canaries)).toEqual([]);
      expect(
        findCanaries(`${bundle.bytes.toString('latin1')}${JSON.stringify(bundle.headers)}`, canaries),
      ).toEqual([]);
      const { entries, comment, isAtEnd } = readZipRecords(bundle.bytes);
      expect([comment, isAtEnd, entries.length]).toEqual([0, true, 3]);
      // 1980-01-01 00:00:00, whatever the clock and its zone.
      for (const entry of entries) expect(entry).toEqual({ time: 0, day: 33, extra: 0, comment: 0 });

      // Notes of the spool name the folders in which a file may still say no; they never leave the machine.
      const { home: _, cwd: __, user: ___, ...withoutPlace } = canaries;
      const kept = filesIn(directory);
      expect(kept.length).toBeGreaterThan(5);
      expect(findCanaries(kept.join('\n'), isDryRun ? canaries : withoutPlace)).toEqual([]);

      await one.post('/settings', { telemetry_opt_in: false });
      expect(findCanaries(server.everything, canaries)).toEqual([]);
      expect(server.messages).toHaveLength(isDryRun ? 0 : 5);
      // A test that finds nothing could be blind.
      expect(findCanaries(JSON.stringify(carelessly(known)), known).length).toBeGreaterThan(5);
    },
  );
});

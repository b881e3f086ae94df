import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { countLost, createDeliveryState, NO_TROUBLE } from '../../../../src/store/index.js';
import { createDirectory } from '../../../support/directories.js';
import { FILE, NOTE, OTHER_FILE, plantLedgerFile, plantReleased } from '../../store/spool/support.js';
import { CONSENT_FILE, filesIn, record, run } from '../support.js';

/** Every state that a person may find their telemetry in. */
const STATES: readonly (readonly [string, (directory: string) => unknown])[] = [
  ['before any decision', () => {}],
  ['after a yes', (directory) => run(directory, ['enable', '--yes'])],
  ['after a no', (directory) => run(directory, ['disable'])],
  ['when only recording is allowed', (directory) => run(directory, ['local'])],
  ['with recorded events', (directory) => record(directory)],
  [
    'with a broken file',
    (directory) => writeFileSync(join(directory, CONSENT_FILE), '{"telemetry_enabled":'),
  ],
  [
    'with another file',
    (directory) => writeFileSync(join(directory, CONSENT_FILE), '{"telemetry_enabled":null}'),
  ],
];

describe('status', () => {
  it.each(STATES)(
    '%s is told in words for people, on any screen, and changes nothing',
    async (_, arrange) => {
      const directory = createDirectory();
      await arrange(directory);
      const before = filesIn(directory);
      for (const columns of [40, 80]) {
        const { status, stdout, stderr } = await run(directory, ['status'], { columns });
        expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
        expect(stdout).not.toMatch(/\b(None|undefined|null|NaN|\[object)\b/);
        expect(stdout).toMatch(/^ {2}Telemetry\s+(off|local|on)/m);
      }
      expect(filesIn(directory)).toEqual(before);
    },
  );

  it.each(STATES)('%s is told as JSON with every member', async (_, arrange) => {
    const directory = createDirectory();
    await arrange(directory);
    const { stdout } = await run(directory, ['status', '--json']);
    const report = JSON.parse(stdout) as Record<string, unknown>;
    expect(Object.keys(report)).toEqual([
      'app',
      'mode',
      'why',
      'switches',
      'heldBack',
      'host',
      'recorded',
      'sent',
      'lastSentAt',
      'waiting',
      'notBefore',
      'dropped',
      'files',
      'bytes',
      'agreedAt',
      'refusedAt',
      'installId',
      'stateDirectory',
      'consentFile',
      'warnings',
    ]);
    expect(report).toMatchObject({ app: 'acme', stateDirectory: directory });
  });

  it('names what decided, a fix, and what is kept', async () => {
    const directory = createDirectory();
    await record(directory);
    const { stdout } = await run(directory, ['status'], { env: { ACME_DISABLE_TELEMETRY: '1' } });
    expect(stdout).toContain('ACME_DISABLE_TELEMETRY says so.');
    expect(stdout).toContain('Unset ACME_DISABLE_TELEMETRY.');
    expect(stdout).toMatch(/Kept here +1 event in 1 file \(\d+ B\)/);
    expect(stdout).toMatch(/Sent +nothing/);
  });

  it('tells what was lost while no program was there to tell, in words', async () => {
    const directory = createDirectory();
    await record(directory);
    expect((await run(directory, ['status'])).stdout).not.toContain('Lost');
    mkdirSync(join(directory, 'spool'), { mode: 0o700 });
    countLost(directory, 'record_torn', 1);
    expect((await run(directory, ['status'])).stdout).toMatch(/Lost +1 event: half-written 1\n/);
    countLost(directory, 'rejected_by_server', 2);
    const { stdout } = await run(directory, ['status']);
    expect(stdout).toMatch(/Lost +3 events: refused by the server 2, half-written 1\n/);
    const report = JSON.parse((await run(directory, ['status', '--json'])).stdout);
    expect(report.dropped).toEqual({ rejected_by_server: 2, record_torn: 1 });
  });

  it('tells until when what waits is left alone, unless some of it may go at once', async () => {
    const directory = createDirectory();
    const read = async () => JSON.parse((await run(directory, ['status', '--json'])).stdout);
    for (const [fileName, host] of [
      [FILE, 'https://a.example'],
      [OTHER_FILE, 'https://b.example'],
    ] as const) {
      plantLedgerFile(directory, fileName);
      plantReleased(directory, fileName, { ...NOTE, host });
      const notBeforeMs = Date.now() + (fileName === FILE ? 7_200_000 : 3_600_000);
      expect(await read()).toMatchObject({ notBefore: null });
      createDeliveryState(directory, host).write({ ...NO_TROUBLE, failures: 1, notBeforeMs });
    }
    const { waiting, notBefore } = await read();
    expect(waiting).toBe(2);
    const waitMs = Date.parse(notBefore) - Date.now();
    expect(waitMs).toBeGreaterThan(3_500_000);
    expect(waitMs).toBeLessThanOrEqual(3_600_000);
  });

  it('tells where events go while they do', async () => {
    const directory = createDirectory();
    await run(directory, ['enable', '--yes']);
    const { stdout } = await run(directory, ['status']);
    expect(stdout).toMatch(/Telemetry +on\n/);
    expect(stdout).toContain('http://127.0.0.1:9');
  });

  it.each([['status'], ['status', '--json']])(
    'can be passed on: %j has no path of a home in it',
    async (...args) => {
      const home = createDirectory();
      vi.stubEnv('HOME', home);
      onTestFinished(() => void vi.unstubAllEnvs());
      const { stdout } = await run(join(home, 'state'), args);
      expect(stdout).toContain(join('~', 'state', CONSENT_FILE));
      expect(stdout).not.toContain(home);
    },
  );

  it('shows of an address no more than its server', async () => {
    const directory = createDirectory();
    await run(directory, ['enable', '--yes']);
    const options = { posthog: { key: 'phc_secret', host: 'https://relay.example/t0ken' } };
    for (const args of [
      ['status'],
      ['status', '--json'],
      ['settings'],
      ['settings', '--json'],
      ['catalog'],
    ]) {
      const { stdout } = await run(directory, args, { options });
      expect(stdout).toContain('https://relay.example/…');
      expect(stdout).not.toContain('t0ken');
    }
  });

  it('shows settings that do not have the effect their author expects', async () => {
    const env = { ACME__TELEMETRY__BATCH_SIZE: 'many' };
    const { stdout } = await run(createDirectory(), ['status'], { env });
    expect(stdout).toMatch(/Warnings +ACME__TELEMETRY__BATCH_SIZE must be a whole number/);
  });
});

import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createDirectory } from '../../../support/directories.js';
import { filesIn, type RunOptions, run } from '../support.js';

interface Shown {
  readonly name: string;
  readonly value: unknown;
  readonly origin: string;
}

async function settingsOf(directory: string, args: string[] = [], given: RunOptions = {}) {
  const { stdout } = await run(directory, ['settings', '--json', ...args], given);
  const shown = JSON.parse(stdout) as Shown[];
  return (name: string) => {
    const { value, origin } = shown.find((setting) => setting.name === name) as Shown;
    return [value, origin];
  };
}

describe('settings', () => {
  it('tells where each value came from', async () => {
    const directory = createDirectory();
    const setting = await settingsOf(directory, [], { env: { ACME__TELEMETRY__BATCH_SIZE: '7' } });
    expect(setting('app')).toEqual(['acme', 'code']);
    expect(setting('delivery.batchSize')).toEqual([7, 'ACME__TELEMETRY__BATCH_SIZE']);
    expect(setting('delivery.maxAttempts')).toEqual([5, 'default']);
    expect(setting('privacyUrl')).toEqual([null, 'default']);
    expect(setting('verbose')).toEqual(['no', 'default']);
    expect(setting('store.directory')).toEqual([directory, 'code']);
    expect(filesIn(directory)).toEqual([]);
  });

  it('never shows the project key', async () => {
    const set = await settingsOf(createDirectory());
    expect(set('posthog.key')).toEqual(['set', 'code']);
    const unset = await settingsOf(createDirectory(), [], { options: { posthog: {} } });
    expect(unset('posthog.key')).toEqual([null, 'default']);
    for (const args of [['settings'], ['settings', '--json']]) {
      const { stdout } = await run(createDirectory(), args);
      expect(stdout).not.toContain('phc_secret');
    }
  });

  it('tells what the switches come to, and who says so', async () => {
    const env = { DO_NOT_TRACK: '1', ACME_TELEMETRY_ENABLED: 'false', ACME__TELEMETRY__DRY_RUN: '1' };
    const setting = await settingsOf(createDirectory(), [], { env });
    expect(setting('doNotTrack')).toEqual(['yes', 'DO_NOT_TRACK']);
    expect(setting('enabled')).toEqual(['no', 'ACME_TELEMETRY_ENABLED']);
    expect(setting('dryRun')).toEqual(['yes', 'ACME__TELEMETRY__DRY_RUN']);
    expect(setting('disableTelemetry')).toEqual([null, 'default']);
    expect(setting('toolsOverPrivacy')[0]).toBe('no');
  });

  it('takes the directory that was typed over any other', async () => {
    const [typed, other] = [createDirectory(), createDirectory()];
    const env = { ACME__TELEMETRY__STATE_DIRECTORY: other };
    const setting = await settingsOf(createDirectory(), ['--config-dir', typed], { env });
    expect(setting('store.directory')).toEqual([typed, '--config-dir']);
    const cwd = createDirectory();
    const relative = await settingsOf(other, ['--config-dir', 'here'], { cwd });
    expect(relative('store.directory')).toEqual([resolve(cwd, 'here'), '--config-dir']);
  });

  it('prints every setting in words', async () => {
    const { status, stdout, stderr } = await run(createDirectory(), ['settings']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^ {2}delivery\.batchSize +10 \(default\)$/m);
    expect(stdout).toMatch(/^ {2}privacyUrl +not set \(default\)$/m);
    expect(stdout).not.toMatch(/\b(None|undefined|null|NaN)\b/);
  });
});

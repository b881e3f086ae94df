import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { createConsentWatch, openConsentFile } from '../../../src/consent/index.js';
import {
  createConfigFileSource,
  findConfigPlaces,
  readConfigFiles,
  resolveSettings,
} from '../../../src/settings/index.js';
import { createDirectory } from '../../support/directories.js';

/** Somebody's home directory, and a process that follows what is decided in it. */
function openHome(options: { readonly umbrellaFlag?: boolean } = { umbrellaFlag: true }) {
  const home = createDirectory();
  const path = join(home, '.config', 'acme', 'acme.json');
  const all = { app: 'acme', posthog: { key: 'phc_1' }, ...options };
  const machine = { home, cwd: undefined, env: {}, platform: 'linux' } as const;
  // What stands in /etc of this machine is no matter of these tests.
  const places = findConfigPlaces(all, machine).filter(({ kind }) => kind !== 'machine');
  const settings = resolveSettings(all, { env: {}, dotenv: {} }, readConfigFiles(places));
  const { prefix, consentLayers: layers, consent: basis } = settings;
  const effects = { now: Date.now, randomId: () => crypto.randomUUID() };
  const file = openConsentFile(join(home, 'state'), { basis, command: 'acme telemetry' }, effects);
  const sources = [createConfigFileSource(places, settings), file];
  const input = { layers, basis, prefix, command: 'acme telemetry', hasKey: true };
  const watch = createConsentWatch(input, sources, Date.now, () => file.epoch());
  return {
    file,
    settings,
    decide: () => watch.refresh(),
    write(features: object | string) {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, typeof features === 'string' ? features : JSON.stringify({ features }));
    },
    remove: () => rmSync(path),
  };
}

const YES = { dryRun: false, catalogueVersion: undefined };
const ALL_ON = { enable_observability: true, enable_crash_uploader: true };

it('follows the file while a process runs: as it appears, changes, breaks and goes', () => {
  const { file, decide, write, remove } = openHome();
  file.giveYes(YES);
  const layer = () => decide().why.layer;
  expect(layer()).toBe('umbrella_flag');
  write({ enable_privacy_telemetry: true });
  expect(decide()).toMatchObject({ mode: 'on', why: { layer: 'consent_file' } });
  write({ enable_privacy_telemetry: true, enable_observability: false });
  expect(layer()).toBe('umbrella_flag');
  write({ enable_observability: true });
  expect(decide().mode).toBe('on');
  write('{"features":');
  expect(layer()).toBe('umbrella_flag');
  write(ALL_ON);
  expect(decide().mode).toBe('on');
  remove();
  expect(layer()).toBe('umbrella_flag');
});

it('is no yes: behind it stands who has not agreed', () => {
  const { decide, write, settings } = openHome();
  expect(settings).toMatchObject({ umbrellaFlag: true, warnings: [] });
  write(ALL_ON);
  expect(decide()).toMatchObject({ mode: 'off', why: { layer: 'not_asked' } });
});

it('is not heard of where the maker did not ask for it', () => {
  const { file, decide, write } = openHome({});
  file.giveYes(YES);
  file.setSwitch('crashReporting', true);
  write({ enable_observability: false, enable_crash_uploader: false });
  const { mode, switches } = decide();
  expect([mode, switches.crashReporting.enabled]).toEqual(['on', true]);
});

it('has a flag of its own for crash reports, beside the yes of the person', () => {
  const { file, decide, write } = openHome();
  file.giveYes(YES);
  const crash = () => decide().switches.crashReporting;
  write({ enable_observability: true });
  file.setSwitch('crashReporting', true);
  expect(crash()).toEqual({
    enabled: false,
    why: {
      layer: 'crash_flag',
      source: expect.stringMatching(/^features\.enable_crash_uploader in .*acme\.json$/),
      message: expect.stringMatching(
        /^Crash reporting is off: features\.enable_crash_uploader in .* is not true\.$/,
      ),
      fix: expect.stringMatching(/^Set features\.enable_crash_uploader to true in .*acme\.json\.$/),
    },
  });
  write(ALL_ON);
  expect(crash().enabled).toBe(true);
  file.setSwitch('crashReporting', false);
  expect(crash()).toMatchObject({ enabled: false, why: { layer: 'consent_file' } });
});

it('says what to do, and that works', () => {
  const { file, decide, write } = openHome();
  file.giveYes(YES);
  const { message, fix } = decide().why;
  expect(message).toMatch(/^Telemetry is off: features\.enable_observability in .*acme\.json is not true\.$/);
  const [, flag = ''] = /^Set features\.(\w+) to true in .*acme\.json\.$/.exec(fix) ?? [];
  write({ [flag]: true });
  expect(decide().mode).toBe('on');
});

it('is named behind what the person said themselves', () => {
  const { file, decide } = openHome();
  file.giveNo();
  expect(decide().why.layer).toBe('consent_file');
});

import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  CONSENT_SWITCHES,
  type ConsentFile,
  decideConsent,
  openConsentFile,
  toSwitchWord,
} from '../../../src/consent/index.js';
import { resolveSettings, type Settings, type TelemetryOptions } from '../../../src/settings/index.js';
import { createDirectory } from '../../support/directories.js';

const settingsOf = (env: Record<string, string>, options: Partial<TelemetryOptions> = {}, dotenv = {}) =>
  resolveSettings({ app: 'acme', ...options }, { env, dotenv });

const decideFor = ({ consentLayers, consent, posthog, prefix }: Settings, file?: ConsentFile) =>
  decideConsent({
    layers: [...consentLayers, ...(file?.read() ?? [])],
    basis: consent,
    hasKey: posthog.key !== undefined,
    prefix,
    command: file && COMMAND,
  });

const COMMAND = 'acme telemetry';

const KEY = { posthog: { key: 'phc_1' } };
const YES = { ACME_TELEMETRY_ENABLED: 'true' };

describe('with settings', () => {
  it.each([
    ['off', 'not_asked', {}, KEY],
    ['off', 'not_asked', {}, { ...KEY, enabled: true }],
    ['off', 'notice_pending', {}, { ...KEY, consent: 'opt-out' }],
    ['off', 'no_key', {}, {}],
    ['off', 'no_key', YES, {}],
    ['off', 'no_key', {}, { consent: 'given' }],
    ['off', 'not_asked', {}, { dryRun: true }],
    ['local', 'dry_run_option', YES, { dryRun: true }],
    ['local', 'dry_run_option', {}, { ...KEY, consent: 'given', dryRun: true }],
    ['local', 'dry_run_variable', { ...YES, ACME__TELEMETRY__DRY_RUN: '1' }, KEY],
    ['on', 'enabled_variable', YES, KEY],
    ['on', 'enabled_variable', YES, { ...KEY, consent: 'given' }],
    ['on', 'given', {}, { ...KEY, consent: 'given' }],
    ['off', 'enabled_variable', { ACME_TELEMETRY_ENABLED: 'false' }, { ...KEY, consent: 'given' }],
    ['off', 'enabled_option', YES, { ...KEY, enabled: false }],
    ['off', 'disable_variable', { ...YES, DISABLE_TELEMETRY: '1' }, { ...KEY, enabled: true }],
    ['off', 'do_not_track', { ...YES, DO_NOT_TRACK: '1' }, { ...KEY, consent: 'given' }],
    ['off', 'destination_invalid', { ...YES, ACME__TELEMETRY__POSTHOG_HOST: 'nowhere' }, KEY],
  ] as const)('is %s by %s for %j and %j', (mode, layer, env, options) => {
    expect(decideFor(settingsOf(env, options))).toMatchObject({ mode, why: { layer } });
  });

  it('says in plain words what decided and what helps', () => {
    expect(decideFor(settingsOf({ DO_NOT_TRACK: '1' }, KEY)).why).toEqual({
      layer: 'do_not_track',
      source: 'DO_NOT_TRACK',
      message: 'Telemetry is off: DO_NOT_TRACK says so.',
      fix: 'Unset DO_NOT_TRACK.',
    });
    expect(decideFor(settingsOf({}, KEY, { DISABLE_TELEMETRY: '1' })).why).toEqual({
      layer: 'disable_variable',
      source: 'DISABLE_TELEMETRY in .env',
      message: 'Telemetry is off: DISABLE_TELEMETRY in .env says so.',
      fix: 'Remove DISABLE_TELEMETRY from the .env file in the working directory.',
    });
    expect(decideFor(settingsOf({}, KEY)).why).toEqual({
      layer: 'not_asked',
      source: 'consent',
      message: 'Telemetry is off: nobody has agreed to it.',
      fix: 'Set ACME_TELEMETRY_ENABLED=true.',
    });
  });
});

/** A person at a terminal, who does what the fixes say. */
interface Person {
  readonly env: Readonly<Record<string, string>>;
  readonly options: Partial<TelemetryOptions>;
  readonly file: ConsentFile;
}

function follow(fix: string, { env, options, file }: Person): Person {
  const [, typed] = /^Run `acme telemetry ([\w -]+)`/.exec(fix) ?? [];
  if (typed !== undefined) {
    type(typed, file);
    return { env, options, file };
  }
  if (fix === 'Run it again without --quiet.') return { env, options: {}, file };
  const [, name, value] = /^Set (\w+)=(\w+)(?:\.| to )/.exec(fix) ?? [];
  if (name !== undefined && value !== undefined) return { env: { ...env, [name]: value }, options, file };
  const [, unset] = /(?:^Unset|^Set|^Correct) (\w+)/.exec(fix) ?? [];
  if (unset === undefined) throw new Error(`cannot follow: ${fix}`);
  const { [unset]: _removed, ...rest } = env;
  return { env: fix.startsWith('Set') ? { ...rest, [unset]: 'phc_1' } : rest, options, file };
}

/** What the commands do to the file. */
function type(typed: string, file: ConsentFile): void {
  const [verb, word] = typed.split(' ');
  const name = CONSENT_SWITCHES.find((candidate) => toSwitchWord(candidate) === word);
  if (name !== undefined) file.setSwitch(name, verb === 'enable');
  else if (verb === 'enable') file.giveYes({ dryRun: false, catalogueVersion: undefined });
  else file.giveNo();
}

const decideAs = ({ env, options, file }: Person) => decideFor(settingsOf(env, options), file);

/** Follow the fixes until they have led where they should. @returns what decided on the way, and the person at its end */
function followAll(start: Person, fixOf: (person: Person) => { source: string; fix: string } | undefined) {
  const sources: string[] = [];
  let person = start;
  for (let why = fixOf(person); why !== undefined; why = fixOf(person)) {
    expect(sources).not.toContain(why.source);
    sources.push(why.source.replace(/^.*\//, ''));
    person = follow(why.fix, person);
  }
  return { sources, person };
}

function createPerson(env: Record<string, string> = {}, options: Partial<TelemetryOptions> = {}): Person {
  const effects = { now: Date.now, randomId: () => crypto.randomUUID() };
  const file = openConsentFile(createDirectory(), { basis: 'opt-in', command: COMMAND }, effects);
  return { env, options, file };
}

describe('the fix of a reason', () => {
  it('works: followed again and again, it ends with telemetry that is on', () => {
    const person = createPerson(
      {
        DISABLE_TELEMETRY: '1',
        ACME_DISABLE_TELEMETRY: 'yes',
        ACME__TELEMETRY__DISABLE_TELEMETRY: 'perhaps',
        DO_NOT_TRACK: '1',
        ACME_TELEMETRY_ENABLED: 'false',
        ACME__TELEMETRY__POSTHOG_HOST: 'nowhere',
        ACME__TELEMETRY__DRY_RUN: '1',
      },
      { runFlag: '--quiet' },
    );
    person.file.giveNo();
    const isNotOn = (at: Person) => {
      const { mode, why } = decideAs(at);
      return mode === 'on' ? undefined : why;
    };
    expect(followAll(person, isNotOn).sources).toEqual([
      '--quiet',
      'ACME_DISABLE_TELEMETRY',
      'ACME__TELEMETRY__DISABLE_TELEMETRY',
      'DISABLE_TELEMETRY',
      'DO_NOT_TRACK',
      'ACME_TELEMETRY_ENABLED',
      'telemetry_config.json:2 (telemetry_enabled)',
      'ACME__TELEMETRY__POSTHOG_HOST',
      'ACME__TELEMETRY__DRY_RUN',
      'posthog.key',
    ]);
  });

  it.each([
    ['nobody has said anything', () => {}],
    ['the answer was to record and not to send', (file: ConsentFile) => file.giveYes(LOCAL)],
    ['the answer cannot be understood', (file: ConsentFile) => writeFileSync(file.path ?? '', '[]')],
  ])('works where %s', (_, prepare) => {
    const person = createPerson({}, KEY);
    prepare(person.file);
    const { why } = decideAs(person);
    expect(decideAs(follow(why.fix, person)).mode).toBe('on');
  });

  it.each(CONSENT_SWITCHES)('works for %s, whoever holds it back', (name) => {
    const variable = `ACME__TELEMETRY__${toSwitchWord(name).toUpperCase().replaceAll('-', '_')}`;
    const person = createPerson({ [variable]: 'false' }, KEY);
    person.file.giveYes({ dryRun: false, catalogueVersion: undefined });
    person.file.setSwitch(name, false);
    const isHeldBack = (at: Person) => {
      const { enabled, why } = decideAs(at).switches[name];
      return enabled ? undefined : why;
    };
    const { sources } = followAll(person, isHeldBack);
    expect(sources).toEqual([variable, expect.stringMatching(/^telemetry_config\.json:\d+ \(\w+\)$/)]);
  });

  it('turns telemetry off again when it is on', () => {
    const env = { ACME__TELEMETRY__POSTHOG_API_KEY: 'phc_1' };
    const given = decideFor(settingsOf(env, { consent: 'given' }));
    expect(given).toMatchObject({
      mode: 'on',
      why: { fix: 'Set DISABLE_TELEMETRY=1 to turn telemetry off.' },
    });
    expect(decideFor(settingsOf({ ...env, DISABLE_TELEMETRY: '1' }, { consent: 'given' })).mode).toBe('off');
  });

  it('turns telemetry off again where somebody has agreed', () => {
    const person = createPerson({}, KEY);
    person.file.giveYes({ dryRun: false, catalogueVersion: undefined });
    expect(decideAs(person)).toMatchObject({ mode: 'on', why: { layer: 'consent_file' } });
    expect(decideAs(follow(decideAs(person).why.fix, person)).mode).toBe('off');
  });

  it('turns telemetry off again where somebody has agreed and a variable says yes too', () => {
    const person = createPerson({ ACME_TELEMETRY_ENABLED: 'true' }, KEY);
    person.file.giveYes({ dryRun: false, catalogueVersion: undefined });
    expect(decideAs(person)).toMatchObject({ mode: 'on', why: { source: 'ACME_TELEMETRY_ENABLED' } });
    expect(decideAs(follow(decideAs(person).why.fix, person)).mode).toBe('off');
  });
});

const LOCAL = { dryRun: true, catalogueVersion: undefined };

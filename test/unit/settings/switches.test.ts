import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layersOf, resolve, warningsOf } from './support.js';

const YES = ['1', 'true', 'yes', 'on', 'TRUE', 'Yes', ' on ', '\ttrue\n'];
const NO = ['0', 'false', 'no', 'off', '', ' ', 'FALSE', 'Off', ' no '];
const UNREADABLE = ['maybe', '2', 'y', 'disabled', 'truе', '1 1', 'null', 'undefined'];

const DISABLING = [
  'DISABLE_TELEMETRY',
  'ACME_DISABLE_TELEMETRY',
  'ACME__TELEMETRY__DISABLE_TELEMETRY',
  'DO_NOT_TRACK',
];

describe.each(DISABLING)('%s', (name) => {
  it.each(YES)('%j is an off', (text) => {
    const settings = resolve({ env: { [name]: text } });
    expect(layersOf(settings)).toEqual([`off ${name}`]);
    expect(settings.warnings).toEqual([]);
  });

  it.each(NO)('%j says nothing', (text) => {
    const settings = resolve({ env: { [name]: text } });
    expect(settings.consentLayers).toEqual([]);
    expect(settings.warnings).toEqual([]);
  });

  it.each(UNREADABLE)('%j is an off, with one warning', (text) => {
    const settings = resolve({ env: { [name]: text } });
    expect(layersOf(settings)).toEqual([`off ${name}`]);
    expect(warningsOf(settings)).toEqual([`VALUE_INVALID ${name}`]);
  });

  it('is an off in .env too, whatever the environment says', () => {
    const settings = resolve({ env: { [name]: '0' }, dotenv: { [name]: '1' } });
    expect(layersOf(settings)).toEqual([`off ${name} in .env`]);
  });

  it('is not undone by .env', () => {
    const settings = resolve({ env: { [name]: '1' }, dotenv: { [name]: '0' } }, { consent: 'given' });
    expect(layersOf(settings)).toEqual([`off ${name}`, 'yes consent']);
  });
});

describe('ACME_TELEMETRY_ENABLED', () => {
  const NAME = 'ACME_TELEMETRY_ENABLED';

  it.each(YES)('%j is a yes', (text) => {
    expect(layersOf(resolve({ env: { [NAME]: text } }))).toEqual([`yes ${NAME}`]);
  });

  it.each(NO)('%j is an off', (text) => {
    const settings = resolve({ env: { [NAME]: text } });
    expect(layersOf(settings)).toEqual([`off ${NAME}`]);
    expect(settings.warnings).toEqual([]);
  });

  it.each(UNREADABLE)('%j is an off, with one warning', (text) => {
    const settings = resolve({ env: { [NAME]: text } }, { consent: 'given' });
    expect(layersOf(settings)).toEqual([`off ${NAME}`, 'yes consent']);
    expect(warningsOf(settings)).toEqual([`VALUE_INVALID ${NAME}`]);
  });

  it('is no yes in .env, and says why', () => {
    const settings = resolve({ dotenv: { [NAME]: 'true' } });
    expect(settings.consentLayers).toEqual([]);
    expect(warningsOf(settings)).toEqual([`DOTENV_ONLY_NARROWS ${NAME} in .env`]);
  });

  it('is a yes in .env where consent is given', () => {
    const settings = resolve({ dotenv: { [NAME]: 'true' } }, { consent: 'given' });
    expect(layersOf(settings)).toEqual([`yes ${NAME} in .env`, 'yes consent']);
  });

  it('is heard in both places', () => {
    const settings = resolve({ env: { [NAME]: 'true' }, dotenv: { [NAME]: 'false' } });
    expect(layersOf(settings)).toEqual([`off ${NAME} in .env`, `yes ${NAME}`]);
  });
});

describe('code', () => {
  it.each([
    [{ enabled: false }, ['off enabled']],
    [{ enabled: true }, []],
    [{ dryRun: true }, ['local dryRun']],
    [{ dryRun: false }, []],
    [{ consent: 'given' }, ['yes consent']],
    [{ consent: 'opt-in' }, []],
    [{ consent: 'opt-out' }, []],
  ] as const)('%j contributes %j', (options, layers) => {
    expect(layersOf(resolve({}, options))).toEqual(layers);
  });
});

describe('the dry run', () => {
  const NAME = 'ACME__TELEMETRY__DRY_RUN';

  it.each([...YES, ...UNREADABLE])('%j asks for it, in the environment and in .env', (text) => {
    expect(layersOf(resolve({ env: { [NAME]: text } }))).toEqual([`local ${NAME}`]);
    expect(layersOf(resolve({ dotenv: { [NAME]: text } }))).toEqual([`local ${NAME} in .env`]);
  });

  it.each(NO)('%j does not take back what code asks for', (text) => {
    expect(layersOf(resolve({ env: { [NAME]: text } }, { dryRun: true }))).toEqual(['local dryRun']);
  });
});

describe('tools over privacy', () => {
  const NAME = 'ACME__TELEMETRY__TOOLS_OVER_PRIVACY';
  const says = (text: string | undefined) => (text === undefined ? {} : { [NAME]: text });

  it.each([
    // env, .env, code, consent, expected
    [undefined, undefined, undefined, 'opt-in', false],
    [undefined, undefined, true, 'opt-in', true],
    [undefined, undefined, true, 'given', true],
    ['true', undefined, undefined, 'opt-in', true],
    ['true', undefined, false, 'opt-in', true],
    ['false', undefined, true, 'opt-in', false],
    ['', undefined, true, 'opt-in', false],
    ['perhaps', undefined, true, 'opt-in', false],
    [undefined, 'true', undefined, 'opt-in', false],
    [undefined, 'true', undefined, 'opt-out', false],
    [undefined, 'true', undefined, 'given', true],
    [undefined, 'false', true, 'opt-in', false],
    [undefined, 'perhaps', true, 'opt-in', false],
    ['true', 'false', true, 'opt-in', false],
    ['true', 'false', true, 'given', false],
    ['false', 'true', true, 'given', false],
  ] as const)('env %j, .env %j, code %j under %s come to %j', (env, dotenv, code, consent, expected) => {
    const options = { consent, ...(code === undefined ? {} : { toolsOverPrivacy: code }) };
    expect(resolve({ env: says(env), dotenv: says(dotenv) }, options).toolsOverPrivacy).toBe(expected);
  });
});

describe('.env without given consent', () => {
  it('changes no value, and lists what it was not allowed to say', () => {
    const dotenv = {
      ACME__TELEMETRY__POSTHOG_API_KEY: 'phc_other',
      ACME__TELEMETRY__POSTHOG_HOST: 'https://other.example',
      ACME__TELEMETRY__STATE_DIRECTORY: '/other',
      ACME__TELEMETRY__BATCH_SIZE: '1',
      ACME__TELEMETRY__BATCH_INTERVAL_SECONDS: '1',
    };
    const { warnings, ...settings } = resolve({ dotenv });
    const { warnings: _none, ...defaults } = resolve();
    expect(settings).toEqual(defaults);
    expect(warnings.map(({ code, source }) => [code, source])).toEqual(
      expect.arrayContaining(Object.keys(dotenv).map((name) => ['DOTENV_ONLY_NARROWS', `${name} in .env`])),
    );
    expect(warnings).toHaveLength(5);
  });

  it('never adds a yes and never removes an off, whatever it holds', () => {
    const name = fc.constantFrom(
      ...DISABLING,
      'ACME_TELEMETRY_ENABLED',
      'ACME__TELEMETRY__DRY_RUN',
      'ACME__TELEMETRY__TOOLS_OVER_PRIVACY',
      'ACME__TELEMETRY__POSTHOG_HOST',
    );
    const variables = fc.dictionary(name, fc.constantFrom(...YES, ...NO, ...UNREADABLE));
    fc.assert(
      fc.property(variables, variables, fc.boolean(), (env, dotenv, toolsOverPrivacy) => {
        const without = resolve({ env }, { toolsOverPrivacy });
        const beside = resolve({ env, dotenv }, { toolsOverPrivacy });
        const yes = (settings: typeof without) =>
          layersOf(settings).filter((layer) => layer.startsWith('yes'));
        expect(yes(beside)).toEqual(yes(without));
        expect(layersOf(beside)).toEqual(expect.arrayContaining(layersOf(without)));
        expect(!without.toolsOverPrivacy && beside.toolsOverPrivacy).toBe(false);
      }),
    );
  });
});

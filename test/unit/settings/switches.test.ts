import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layersOf, resolve, toLines, warningsOf } from './support.js';

const YES = ['1', 'true', 'yes', 'on', 'TRUE', 'Yes', ' on ', '\ttrue\n'];
const NO = ['0', 'false', 'no', 'off', '', ' ', 'FALSE', 'Off', ' no '];
const UNREADABLE = ['maybe', '2', 'y', 'disabled', 'truе', '1 1', 'null', 'undefined'];

const DISABLING = [
  'DISABLE_TELEMETRY',
  'ACME_DISABLE_TELEMETRY',
  'ACME__TELEMETRY__DISABLE_TELEMETRY',
  'DO_NOT_TRACK',
  'ACME_DO_NOT_TRACK',
  'ACME__TELEMETRY__DO_NOT_TRACK',
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

describe.each(['ACME_TELEMETRY_ENABLED', 'ACME__TELEMETRY__ENABLED'])('%s', (NAME) => {
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

describe('a .env of another user', () => {
  const dotenv = {
    ACME_TELEMETRY_ENABLED: 'true',
    ACME__TELEMETRY__POSTHOG_HOST: 'https://other.example',
    ACME__TELEMETRY__DRY_RUN: 'true',
  };

  it.each([{}, dotenv])('only narrows where consent is given too', (env) => {
    const settings = resolve({ env, dotenv, isDotenvForeign: true }, { consent: 'given' });
    expect(layersOf(settings)).toEqual(['local ACME__TELEMETRY__DRY_RUN in .env', 'yes consent']);
    expect(settings.posthog.host).toBe('https://us.i.posthog.com');
    expect(settings.warnings[0]?.rule).toMatch(/^was not used: a \.env file of another user may only/);
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

describe.each([
  ['usageAnalytics', 'USAGE_ANALYTICS'],
  ['errorReporting', 'ERROR_REPORTING'],
  ['crashReporting', 'CRASH_REPORTING'],
  ['diagnostics', 'DIAGNOSTICS'],
  ['toolsOverPrivacy', 'TOOLS_OVER_PRIVACY'],
] as const)('%s', (part, variable) => {
  const NAME = `ACME__TELEMETRY__${variable}`;
  const says = (text: string | undefined) => (text === undefined ? {} : { [NAME]: text });
  const sources = { env: NAME, dotenv: `${NAME} in .env`, code: part };

  it.each([
    // env, .env, code, consent, what is heard
    [undefined, undefined, undefined, 'opt-in', []],
    [undefined, undefined, true, 'opt-in', []],
    [undefined, undefined, true, 'opt-out', []],
    [undefined, undefined, true, 'given', ['yes code']],
    [undefined, undefined, false, 'given', ['off code']],
    ['true', undefined, undefined, 'opt-in', ['yes env']],
    ['true', undefined, false, 'opt-in', ['off code', 'yes env']],
    ['false', undefined, true, 'opt-in', ['off env']],
    ['', undefined, true, 'opt-in', ['off env']],
    ['perhaps', undefined, true, 'opt-in', ['off env']],
    [undefined, 'true', undefined, 'opt-in', []],
    [undefined, 'true', undefined, 'opt-out', []],
    [undefined, 'true', undefined, 'given', ['yes dotenv']],
    [undefined, 'false', true, 'opt-in', ['off dotenv']],
    [undefined, 'perhaps', true, 'opt-in', ['off dotenv']],
    ['true', 'false', true, 'opt-in', ['off dotenv', 'yes env']],
    ['true', 'false', true, 'given', ['off dotenv', 'yes code', 'yes env']],
    ['false', 'true', true, 'given', ['off env', 'yes code', 'yes dotenv']],
  ] as const)('env %j, .env %j, code %j under %s come to %j', (env, dotenv, code, consent, heard) => {
    const options = { consent, ...(code === undefined ? {} : { [part]: code }) };
    const settings = resolve({ env: says(env), dotenv: says(dotenv) }, options);
    const about = settings.consentLayers.filter((layer) => layer.about === part);
    const expected = heard.map((word) => {
      const [kind, place] = word.split(' ') as ['yes' | 'off', keyof typeof sources];
      return `${kind} ${sources[place]} (about ${part})`;
    });
    expect(toLines(about)).toEqual(expected.sort());
    expect(settings.consentLayers.length).toBe(about.length + (consent === 'given' ? 1 : 0));
  });
});

describe('the flag of a run', () => {
  it('is an off that goes away with the flag', () => {
    const settings = resolve({}, { consent: 'given', runFlag: '--disable-telemetry' });
    expect(layersOf(settings)).toEqual(['off --disable-telemetry', 'yes consent']);
    expect(settings.consentLayers[0]).toMatchObject({
      layer: 'run_flag',
      fix: 'Run it again without --disable-telemetry.',
    });
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

  it.each([
    ['ACME_TELEMETRY_ENABLED', 'true', []],
    ['ACME_TELEMETRY_ENABLED', 'false', ['off ACME_TELEMETRY_ENABLED in .env']],
    ['ACME__TELEMETRY__DIAGNOSTICS', '1', []],
    ['DO_NOT_TRACK', '1', ['off DO_NOT_TRACK in .env']],
    ['ACME__TELEMETRY__POSTHOG_HOST', 'https://other.example', []],
    ['ACME__TELEMETRY__POSTHOG_HOST', 'nowhere', ['off ACME__TELEMETRY__POSTHOG_HOST in .env']],
  ])('is who says %s=%s, also when the program loaded it', (name, text, layers) => {
    const settings = resolve({ env: { [name]: ` ${text}` }, dotenv: { [name]: text } });
    expect(layersOf(settings)).toEqual(layers);
    expect(settings.posthog).toEqual(resolve().posthog);
    expect(settings.origins).toEqual(resolve().origins);
  });

  it('is who says what Node alone understands so', () => {
    const NAME = 'ACME_TELEMETRY_ENABLED';
    const env = { [NAME]: 'true' };
    expect(layersOf(resolve({ env, dotenvOfNode: env }))).toEqual([]);
    // What Node takes for a yes may be a no to others: it is heard as well.
    const both = { env, dotenv: { [NAME]: '"true"x' }, dotenvOfNode: env };
    expect(layersOf(resolve(both))).toEqual([`off ${NAME} in .env`]);
  });

  it.each(['XDG_DATA_HOME', 'XDG_CONFIG_HOME', 'HOME', 'APPDATA'])(
    'is an off when the program loaded a %s from it',
    (name) => {
      const env = { [name]: '/proc/self/cwd/x', ACME_TELEMETRY_ENABLED: 'true' };
      const dotenv = { [name]: '/proc/self/cwd/x' };
      const [off, ...others] = resolve({ env, dotenv }, { consent: 'opt-out' }).consentLayers.toReversed();
      expect(off).toMatchObject({ kind: 'off', layer: 'destination_invalid', source: `${name} in .env` });
      expect(toLines(others)).toEqual(['yes ACME_TELEMETRY_ENABLED']);
      expect(layersOf(resolve({ env }))).toEqual(['yes ACME_TELEMETRY_ENABLED']);
      expect(layersOf(resolve({ env: {}, dotenv }))).toEqual([]);
      expect(layersOf(resolve({ env, dotenv }, { consent: 'given' }))).not.toContain(`off ${name} in .env`);
    },
  );

  it('is known in any case, as on Windows', () => {
    const env = { ACME_TELEMETRY_ENABLED: 'true' };
    expect(layersOf(resolve({ env, dotenv: { acme_telemetry_enabled: 'true' } }))).toEqual([]);
  });

  it('does not vouch for a program where nobody works', () => {
    const env = { ACME_TELEMETRY_ENABLED: 'true' };
    const surroundings = [{ kind: 'ci', source: 'CI' }] as const;
    expect(layersOf(resolve({ env, dotenv: env, surroundings }))).toEqual(['off CI']);
    expect(layersOf(resolve({ env, surroundings }))).toEqual(['yes ACME_TELEMETRY_ENABLED']);
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
        // What both say counts as the word of `.env`.
        const said = (settings: typeof without, isYes: boolean) =>
          layersOf(settings)
            .filter((layer) => layer.startsWith('yes') === isYes)
            .map((layer) => layer.replace(' in .env', ''));
        expect(said(without, true)).toEqual(expect.arrayContaining(said(beside, true)));
        expect(said(beside, false)).toEqual(expect.arrayContaining(said(without, false)));
      }),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConfigError } from '../../../src/internal/index.js';
import { resolveSettings } from '../../../src/settings/index.js';
import { VALUE_NAMES } from '../../../src/settings/table.js';
import { layersOf, resolve, warningsOf } from './support.js';

describe('defaults', () => {
  it('resolves an app name alone to the documented defaults', () => {
    expect(resolve()).toEqual({
      app: 'acme',
      prefix: 'ACME',
      command: undefined,
      version: undefined,
      consent: 'opt-in',
      umbrellaFlag: false,
      consentLayers: [],
      isCi: false,
      isInFlusher: false,
      proxies: { http: '', https: '', exceptions: '' },
      distinctId: 'session',
      privacyUrl: undefined,
      posthog: { key: undefined, host: 'https://us.i.posthog.com', allowHttp: false },
      otlp: { endpoint: undefined, protocol: 'http/protobuf', headers: {} },
      crash: { captureUncaught: false, appRoot: undefined },
      delivery: {
        batchSize: 10,
        batchIntervalMs: 60_000,
        requestTimeoutMs: 10_000,
        shutdownTimeoutMs: 1_000,
        maxQueueSize: 40_000,
        maxQueueBytes: 25_165_824,
        maxAttempts: 5,
        detached: true,
        compression: true,
        compressionThresholdBytes: 1_024,
      },
      flags: { timeoutMs: 1_000, refreshIntervalMs: 300_000 },
      store: { directory: undefined, retentionDays: 30, maxLedgerBytes: 10_485_760 },
      verbose: false,
      origins: {
        ...Object.fromEntries(VALUE_NAMES.map((name) => [name, 'default'])),
        app: 'code',
      },
      warnings: [],
    });
  });

  it('takes every option that code gives', () => {
    const options = {
      version: '1.4.0',
      consent: 'opt-out',
      posthog: { key: 'phc_code', host: 'http://telemetry.example', allowHttp: true },
      crash: { captureUncaught: true, appRoot: '/srv/acme' },
      delivery: {
        batchSize: 1,
        batchIntervalMs: 100,
        requestTimeoutMs: 2,
        shutdownTimeoutMs: 0,
        maxQueueSize: 3,
        maxQueueBytes: 4_096,
        maxAttempts: 6,
        detached: false,
        compression: false,
        compressionThresholdBytes: 0,
      },
      flags: { timeoutMs: 7, refreshIntervalMs: 800 },
      store: { directory: '/var/lib/acme', retentionDays: 7, maxLedgerBytes: 65_536 },
      command: 'acme telemetry',
      distinctId: 'installation',
      umbrellaFlag: true,
      privacyUrl: 'https://acme.example/privacy#telemetry',
    } as const;
    expect(resolve({}, options)).toMatchObject(options);
  });

  it('spells the prefix in upper case with underscores', () => {
    const environment = { env: { CODE_SEARCH__TELEMETRY__BATCH_SIZE: '3' }, dotenv: {} };
    const settings = resolveSettings({ app: 'code-search' }, environment);
    expect(settings.prefix).toBe('CODE_SEARCH');
    expect(settings.delivery.batchSize).toBe(3);
  });
});

describe('ownership', () => {
  it('freezes the result at every depth', () => {
    const settings = resolve({ env: { DO_NOT_TRACK: 'perhaps' } });
    const parts = [
      settings,
      settings.posthog,
      settings.delivery,
      settings.flags,
      settings.store,
      settings.origins,
      settings.warnings,
      settings.warnings[0],
      settings.consentLayers,
      settings.consentLayers[0],
    ];
    expect(parts.filter((part) => part === undefined || !Object.isFrozen(part))).toEqual([]);
  });

  it('leaves what it was given unfrozen and unchanged, and does not follow its later changes', () => {
    const options = { app: 'acme', delivery: { batchSize: 3 }, posthog: { key: 'phc_code' } };
    const environment = { env: { DO_NOT_TRACK: '1' }, dotenv: { ACME__TELEMETRY__DRY_RUN: '1' } };
    const before = structuredClone({ options, environment });
    const settings = resolveSettings(options, environment);
    expect({ options, environment }).toEqual(before);
    options.delivery.batchSize = 4;
    environment.env.DO_NOT_TRACK = '0';
    expect(settings.delivery.batchSize).toBe(3);
    expect(layersOf(settings)).toContain('off DO_NOT_TRACK');
  });

  it('accepts frozen options', () => {
    const options = Object.freeze({ app: 'acme', delivery: Object.freeze({ batchSize: 3 }) });
    expect(resolveSettings(options, { env: {}, dotenv: {} }).delivery.batchSize).toBe(3);
  });
});

describe('precedence', () => {
  const KEY = 'ACME__TELEMETRY__POSTHOG_API_KEY';

  it.each([
    ['the environment', { env: { [KEY]: 'phc_env' }, dotenv: { [KEY]: 'phc_dotenv' } }, 'phc_env'],
    ['then .env, where consent is given', { dotenv: { [KEY]: 'phc_dotenv' } }, 'phc_dotenv'],
    ['then code', {}, 'phc_code'],
  ])('takes a value from %s', (_place, environment, expected) => {
    const settings = resolve(environment, { consent: 'given', posthog: { key: 'phc_code' } });
    expect(settings.posthog.key).toBe(expected);
  });

  it('decides for each setting on its own', () => {
    const env = { ACME__TELEMETRY__BATCH_SIZE: '3' };
    const { delivery } = resolve({ env }, { delivery: { batchSize: 7, batchIntervalMs: 5_000 } });
    expect(delivery).toMatchObject({ batchSize: 3, batchIntervalMs: 5_000 });
  });

  it('still reports a wrong option in code that the environment overrules', () => {
    const env = { ACME__TELEMETRY__BATCH_SIZE: '3' };
    expect(() => resolve({ env }, { delivery: { batchSize: 0 } })).toThrow(ConfigError);
  });
});

describe('the project key', () => {
  const SPELLINGS = [
    'ACME__TELEMETRY__POSTHOG_API_KEY',
    'ACME_POSTHOG_API_KEY',
    'ACME__TELEMETRY__POSTHOG_PROJECT_KEY',
  ] as const;

  it.each(SPELLINGS)('is read from %s', (name) => {
    const settings = resolve({ env: { [name]: ' phc_1 ' } });
    expect(settings.posthog.key).toBe('phc_1');
    expect(settings.origins['posthog.key']).toBe(name);
  });

  it('comes from the first spelling that is set', () => {
    const env = Object.fromEntries(SPELLINGS.map((name, index) => [name, `phc_${index}`]));
    expect(resolve({ env }).posthog.key).toBe('phc_0');
    expect(resolve({ env: { ...env, [SPELLINGS[0]]: '' } }).posthog.key).toBe('phc_1');
  });

  it('is not read from bare variables, which belong to whoever else uses PostHog here', () => {
    expect(resolve({ env: { POSTHOG_API_KEY: 'phc_other' } }).posthog.key).toBeUndefined();
  });

  it('counts an empty text as none, in a variable and in code', () => {
    const settings = resolve({ env: { [SPELLINGS[0]]: ' ' } }, { posthog: { key: '' } });
    expect(settings.posthog.key).toBeUndefined();
    expect(settings.origins['posthog.key']).toBe('default');
    expect(settings.warnings).toEqual([]);
  });

  it.each(['phc 1', 'phc_ä', 'x'.repeat(201), 'a\u0007b'])(
    'turns telemetry off for %j rather than using the key in code',
    (key) => {
      const settings = resolve({ env: { [SPELLINGS[0]]: key } }, { posthog: { key: 'phc_code' } });
      expect(layersOf(settings)).toEqual([`off ${SPELLINGS[0]}`]);
      expect(warningsOf(settings)).toEqual([`VALUE_INVALID ${SPELLINGS[0]}`]);
    },
  );
});

describe('the host', () => {
  const HOST = 'ACME__TELEMETRY__POSTHOG_HOST';

  it.each([
    ['https://eu.i.posthog.com', 'https://eu.i.posthog.com'],
    ['https://eu.i.posthog.com/', 'https://eu.i.posthog.com'],
    ['https://eu.i.posthog.com///', 'https://eu.i.posthog.com'],
    [' http://127.0.0.1:8080 ', 'http://127.0.0.1:8080'],
    ['https://acme.example/ingest', 'https://acme.example/ingest'],
    ['https://acme.example/in/gest/', 'https://acme.example/in/gest'],
    ['HTTPS://ACME.example', 'https://acme.example'],
    ['http://[::1]:9000', 'http://[::1]:9000'],
    ['https://[2001:db8::1]:9000/', 'https://[2001:db8::1]:9000'],
    ['https://acme.example/v1/traces', 'https://acme.example/v1/traces'],
  ])('%j becomes %s', (text, host) => {
    const fromVariable = resolve({ env: { [HOST]: text } });
    expect(fromVariable.posthog.host).toBe(host);
    expect(fromVariable.consentLayers).toEqual([]);
    expect(resolve({}, { posthog: { host: text.trim() } }).posthog.host).toBe(host);
  });

  const UNUSABLE = [
    'not a url',
    'eu.i.posthog.com',
    '//eu.i.posthog.com',
    'https:eu.i.posthog.com',
    'https://',
    'ftp://acme.example',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'https://user@acme.example',
    'https://user:secret@acme.example',
    'https://:secret@acme.example',
    'https://acme.example?x=1',
    'https://acme.example/?',
    'https://acme.example/#x',
    'https://acme.example\\x',
    'https://acme.example:99999',
    `https://acme.example/${'x'.repeat(2048)}`,
  ];

  it.each(UNUSABLE)('%j in the environment turns telemetry off and is not used', (text) => {
    const settings = resolve({ env: { [HOST]: text } });
    expect(layersOf(settings)).toEqual([`off ${HOST}`]);
    expect(settings.consentLayers[0]?.layer).toBe('destination_invalid');
    expect(warningsOf(settings)).toEqual([`VALUE_INVALID ${HOST}`]);
    expect(settings.posthog.host).toBe('https://us.i.posthog.com');
    expect(JSON.stringify([settings.warnings, settings.consentLayers])).not.toContain(text);
  });

  it.each([...UNUSABLE, ''])('%j in code is a mistake of the program', (host) => {
    expect(() => resolve({}, { posthog: { host } })).toThrow(ConfigError);
  });

  it('is read from the older name too, after its own', () => {
    const older = { ACME_TELEMETRY_ENDPOINT: 'https://older.example/' };
    expect(resolve({ env: older }).posthog.host).toBe('https://older.example');
    const both = { ...older, [HOST]: 'https://newer.example' };
    expect(resolve({ env: both }).posthog.host).toBe('https://newer.example');
    expect(layersOf(resolve({ env: { ACME_TELEMETRY_ENDPOINT: 'nowhere' } }))).toEqual([
      'off ACME_TELEMETRY_ENDPOINT',
    ]);
  });

  it('says nothing when the variable is empty', () => {
    const settings = resolve({ env: { [HOST]: '' } }, { posthog: { host: 'https://eu.i.posthog.com' } });
    expect(settings).toMatchObject({ posthog: { host: 'https://eu.i.posthog.com' }, consentLayers: [] });
  });

  it('turns telemetry off for an unusable .env where consent is given, unless the environment says better', () => {
    const dotenv = { [HOST]: 'nowhere' };
    expect(layersOf(resolve({ dotenv }, { consent: 'given' }))).toContain(`off ${HOST} in .env`);
    const env = { [HOST]: 'https://eu.i.posthog.com' };
    expect(layersOf(resolve({ env, dotenv }, { consent: 'given' }))).toEqual(['yes consent']);
  });
});

describe('numbers in variables', () => {
  const SIZE = 'ACME__TELEMETRY__BATCH_SIZE';
  const INTERVAL = 'ACME__TELEMETRY__BATCH_INTERVAL_SECONDS';

  it.each([
    [SIZE, '1', { batchSize: 1 }],
    [SIZE, ' 1000 ', { batchSize: 1000 }],
    [INTERVAL, '1', { batchIntervalMs: 1_000 }],
    [INTERVAL, '0.1', { batchIntervalMs: 100 }],
    [INTERVAL, '1.005', { batchIntervalMs: 1_005 }],
    [INTERVAL, '3600', { batchIntervalMs: 3_600_000 }],
  ])('%s=%j is taken', (name, text, expected) => {
    const settings = resolve({ env: { [name]: text } });
    expect(settings.delivery).toMatchObject(expected);
    expect(settings.warnings).toEqual([]);
  });

  it.each([
    ...['abc', '0', '-1', '1e9', '1e2', '10s', '', '1001', '3.5', '+3', '0x10', '1_0', 'NaN', '٣', '1 0'].map(
      (text) => [SIZE, text],
    ),
    ...['0', '0.05', '3601', '-1', '1m', '.5', '1.', '1,5', '1e1', 'Infinity', '1.0001'].map((text) => [
      INTERVAL,
      text,
    ]),
  ])('%s=%j falls back to code with one warning that does not repeat it', (name, text) => {
    const options = { delivery: { batchSize: 7, batchIntervalMs: 7_000 } };
    const settings = resolve({ env: { [name!]: text } }, options);
    expect(settings.delivery).toMatchObject(options.delivery);
    expect(settings.consentLayers).toEqual([]);
    expect(settings.warnings).toEqual([
      { code: 'VALUE_INVALID', source: name, rule: expect.stringMatching(/^must be a (whole )?number /) },
    ]);
  });

  it('never leaves its bounds, whatever the text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.double().map(String), fc.integer().map(String)), (text) => {
        const { delivery } = resolve({ env: { [SIZE]: text, [INTERVAL]: text } });
        expect(Number.isInteger(delivery.batchSize)).toBe(true);
        expect(delivery.batchSize).toBeGreaterThanOrEqual(1);
        expect(delivery.batchSize).toBeLessThanOrEqual(1_000);
        expect(delivery.batchIntervalMs).toBeGreaterThanOrEqual(100);
        expect(delivery.batchIntervalMs).toBeLessThanOrEqual(3_600_000);
      }),
    );
  });
});

describe('what else delivery takes from variables', () => {
  const named = (name: string) => `ACME__TELEMETRY__${name}`;
  const NUMBERS = [
    ['REQUEST_TIMEOUT_SECONDS', 'requestTimeoutMs', '0.5', 500],
    ['SHUTDOWN_TIMEOUT_SECONDS', 'shutdownTimeoutMs', '0', 0],
    ['MAX_ATTEMPTS', 'maxAttempts', '1', 1],
    ['MAX_QUEUE_SIZE', 'maxQueueSize', '20', 20],
    ['MAX_QUEUE_BYTES', 'maxQueueBytes', '2048', 2_048],
    ['COMPRESSION_THRESHOLD_BYTES', 'compressionThresholdBytes', '0', 0],
  ] as const;

  it.each(NUMBERS)('%s is %s', (variable, name, text, value) => {
    const settings = resolve({ env: { [named(variable)]: text } });
    expect(settings.delivery[name]).toBe(value);
    expect(settings.warnings).toEqual([]);
  });

  it.each(
    NUMBERS.flatMap(([variable, name]) =>
      ['10s', '-5', 'abc', '1e9', '', '999999999999'].map((text) => [variable, text, name] as const),
    ),
  )('%s=%j is the default, with one warning', (variable, text, name) => {
    const settings = resolve({ env: { [named(variable)]: text } });
    expect(settings.delivery[name]).toBe(resolve().delivery[name]);
    expect(settings.consentLayers).toEqual([]);
    expect(warningsOf(settings)).toEqual([`VALUE_INVALID ${named(variable)}`]);
  });

  it.each([
    ['opt-in', true],
    ['opt-out', true],
    ['given', false],
  ] as const)(
    'with consent %s a process of its own sends what is left: %s, unless said',
    (consent, expected) => {
      expect(resolve({}, { consent }).delivery.detached).toBe(expected);
      const said = { env: { [named('DETACHED')]: String(!expected) } };
      expect(resolve(said, { consent }).delivery.detached).toBe(!expected);
      expect(resolve({}, { consent, delivery: { detached: !expected } }).delivery.detached).toBe(!expected);
    },
  );

  it('knows the process that sends, by a variable that is no setting', () => {
    expect(resolve({ env: { SOTTO_FLUSHER: 'a-token' } })).toMatchObject({ isInFlusher: true, warnings: [] });
    expect(resolve({ env: { SOTTO_FLUSHER: '' } }).isInFlusher).toBe(false);
    expect(resolve({ dotenv: { SOTTO_FLUSHER: 'a-token' } }).isInFlusher).toBe(false);
  });
});

describe('the state directory', () => {
  const DIRECTORY = 'ACME__TELEMETRY__STATE_DIRECTORY';

  it('is taken from its variable before code', () => {
    const settings = resolve({ env: { [DIRECTORY]: '/srv/state' } }, { store: { directory: '/var/state' } });
    expect(settings.store.directory).toBe('/srv/state');
  });

  it.each(['state', './state', '~/state', '../state'])(
    'turns telemetry off for %j, which depends on where the user stands',
    (text) => {
      expect(layersOf(resolve({ env: { [DIRECTORY]: text } }))).toEqual([`off ${DIRECTORY}`]);
    },
  );
});

describe('unknown variables of the app', () => {
  it('are listed with the name that was probably meant, and never with their value', () => {
    const env = { ACME__TELEMETRY__TOOLS_ABOVE_PRIVACY: 'true' };
    const settings = resolve({ env, dotenv: { ACME__TELEMETRY__BATCHSIZE: '77777' } });
    expect(settings.warnings).toEqual([
      {
        code: 'VARIABLE_UNKNOWN',
        source: 'ACME__TELEMETRY__TOOLS_ABOVE_PRIVACY',
        rule: 'is no setting of this version; did you mean ACME__TELEMETRY__TOOLS_OVER_PRIVACY?',
      },
      {
        code: 'VARIABLE_UNKNOWN',
        source: 'ACME__TELEMETRY__BATCHSIZE in .env',
        rule: 'is no setting of this version; did you mean ACME__TELEMETRY__BATCH_SIZE?',
      },
    ]);
    expect(JSON.stringify(settings)).not.toContain('77777');
  });

  it.each([
    ['ACME_DISABLE_TELEMTRY', 'ACME_DISABLE_TELEMETRY'],
    ['ACME_TELEMETRY_DISABLED', 'ACME_TELEMETRY_ENABLED'],
    ['ACME_TELEMETY_ENABLED', 'ACME_TELEMETRY_ENABLED'],
    ['ACME_NO_TRACK', undefined],
    ['ACME_DONOTTRACK', 'ACME_DO_NOT_TRACK'],
  ])('are looked for near the switches: %s', (name, meant) => {
    const rules = resolve({ env: { [name]: '1' } }).warnings.map(({ rule }) => rule);
    expect(rules).toEqual(
      meant === undefined ? [] : [`is no setting of this version; did you mean ${meant}?`],
    );
  });

  it('are not looked for outside its own name space', () => {
    const env = { ACME_ROOT: '/x', OTHER__TELEMETRY__BATCH: '1', TELEMETRY: '1', PATH: '/bin' };
    expect(resolve({ env }).warnings).toEqual([]);
  });
});

it('lists a .env that could not be read', () => {
  const settings = resolveSettings({ app: 'acme' }, { env: {}, dotenv: {}, isDotenvUnreadable: true });
  expect(warningsOf(settings)).toEqual(['DOTENV_UNREADABLE .env']);
  expect(settings.consentLayers).toEqual([
    expect.objectContaining({ kind: 'off', layer: 'dotenv_unreadable' }),
  ]);
});

it('never throws for anything in the environment', () => {
  const name = fc.constantFrom(
    ...['DISABLE_TELEMETRY', 'DO_NOT_TRACK', 'ACME_DISABLE_TELEMETRY', 'ACME_TELEMETRY_ENABLED'],
    ...[
      'DRY_RUN',
      'TOOLS_OVER_PRIVACY',
      'POSTHOG_API_KEY',
      'POSTHOG_HOST',
      'BATCH_SIZE',
      'STATE_DIRECTORY',
      '',
      'X',
    ].map((last) => `ACME__TELEMETRY__${last}`),
  );
  const variables = fc.dictionary(name, fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.webUrl()));
  fc.assert(
    fc.property(
      variables,
      variables,
      fc.constantFrom('opt-in', 'opt-out', 'given'),
      (env, dotenv, consent) => {
        expect(() => resolve({ env, dotenv }, { consent })).not.toThrow();
      },
    ),
  );
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toFileLayers } from '../../../src/settings/file-layers.js';
import type { ConfigFile, TelemetryOptions } from '../../../src/settings/index.js';
import { fileOf, layersOf, resolve, toLines, warningsOf } from './support.js';

const KINDS = ['project', 'app', 'user', 'machine'] as const;
const BASES = ['opt-in', 'opt-out', 'given'] as const;

const hear = (files: readonly ConfigFile[], isGiven = false) =>
  toFileLayers(files, { prefix: 'ACME', isGiven });

describe('precedence of values', () => {
  const VARIABLE = 'ACME__TELEMETRY__POSTHOG_API_KEY';
  const saying = (kind: (typeof KINDS)[number]) => fileOf(kind, { posthog_api_key: `phc_${kind}` });
  const places = {
    environment: { env: { [VARIABLE]: 'phc_environment' } },
    dotenv: { dotenv: { [VARIABLE]: 'phc_dotenv' } },
    project: saying('project'),
    app: saying('app'),
    user: saying('user'),
    machine: saying('machine'),
    code: { posthog: { key: 'phc_code' } },
  };

  it.each([
    // under, place by place until the one that wins has been taken away
    ['opt-in', ['environment', 'user', 'machine', 'code']],
    ['opt-out', ['environment', 'user', 'machine', 'code']],
    ['given', ['environment', 'dotenv', 'project', 'app', 'user', 'machine', 'code']],
  ] as const)('under %s is %j', (consent, order) => {
    const present = new Set(Object.keys(places));
    for (const winner of order) {
      const files = KINDS.filter((kind) => present.has(kind)).map((kind) => places[kind]);
      const environment = {
        ...(present.has('environment') ? places.environment : {}),
        ...(present.has('dotenv') ? places.dotenv : {}),
      };
      const options = { consent, ...(present.has('code') ? places.code : {}) };
      const settings = resolve(environment, options, files);
      expect(settings.posthog.key).toBe(`phc_${winner}`);
      present.delete(winner);
    }
    expect(present.size).toBe(7 - order.length);
  });

  it('is that of the files among files of one kind, and of the first key in one file', () => {
    const nearer = fileOf('user', { batch_size: 2 }, '/nearer.json');
    const farther = fileOf('user', { batch_size: 3 }, '/farther.json');
    expect(resolve({}, {}, [nearer, farther]).delivery.batchSize).toBe(2);
    const both = fileOf('user', { posthog_project_key: 'phc_2', posthog_api_key: 'phc_1' });
    expect(resolve({}, {}, [both]).posthog.key).toBe('phc_1');
  });

  it('is told by the origins', () => {
    const files = [fileOf('user', { batch_size: 3, batch_interval_seconds: 'soon' })];
    const env = { ACME__TELEMETRY__RETENTION_DAYS: '7' };
    const { origins } = resolve({ env }, { delivery: { batchIntervalMs: 5_000 } }, files);
    expect(origins).toMatchObject({
      'delivery.batchSize': '/user.json:1 (batch_size)',
      'delivery.batchIntervalMs': 'code',
      'store.retentionDays': 'ACME__TELEMETRY__RETENTION_DAYS',
      'store.maxLedgerBytes': 'default',
    });
  });
});

describe('a value in a file', () => {
  it.each([
    [{ batch_size: 3 }, { delivery: { batchSize: 3 } }],
    [{ batch_interval_seconds: 1.5 }, { delivery: { batchIntervalMs: 1_500 } }],
    [{ posthog_host: ' https://eu.i.posthog.com/ ' }, { posthog: { host: 'https://eu.i.posthog.com' } }],
    [{ posthog_api_key: '' }, { posthog: { key: undefined } }],
    [{ state_directory: '/srv/state' }, { store: { directory: '/srv/state' } }],
    [
      { retention_days: 1, max_ledger_bytes: 65_536 },
      { store: { retentionDays: 1, maxLedgerBytes: 65_536 } },
    ],
  ])('%j is taken', (content, expected) => {
    const settings = resolve({}, {}, [fileOf('machine', content)]);
    expect(settings).toMatchObject(expected);
    expect(settings.warnings).toEqual([]);
    expect(settings.consentLayers).toEqual([]);
  });

  it.each([
    ['batch_size', '3'],
    ['batch_size', 0],
    ['batch_size', 2.5],
    ['batch_size', null],
    ['batch_size', true],
    ['batch_size', [3]],
    ['batch_interval_seconds', '1'],
    ['batch_interval_seconds', 0],
    ['batch_interval_seconds', Number.NaN],
    ['retention_days', -1],
  ])('%s: %j falls back to code, with one warning', (key, value) => {
    const delivery = { batchSize: 7, batchIntervalMs: 7_000 };
    const settings = resolve({}, { delivery }, [fileOf('user', { [key]: value })]);
    expect(settings.delivery).toMatchObject(delivery);
    expect(warningsOf(settings)).toEqual([`VALUE_INVALID /user.json:1 (${key})`]);
    expect(settings.consentLayers).toEqual([]);
  });

  it.each([
    ['posthog_host', 'nowhere'],
    ['posthog_host', 5],
    ['posthog_api_key', 'a secret key'],
    ['posthog_api_key', null],
    ['state_directory', '~/state'],
  ])('%s: %j turns telemetry off, and is not repeated', (key, value) => {
    const settings = resolve({}, { consent: 'given' }, [fileOf('machine', { [key]: value })]);
    expect(layersOf(settings)).toEqual([`off /machine.json:1 (${key})`, 'yes consent']);
    expect(settings.consentLayers[0]).toMatchObject({
      layer: 'destination_invalid',
      fix: `Correct ${key} in /machine.json, or remove it there.`,
    });
    expect(JSON.stringify(settings)).not.toContain('secret');
  });
});

describe('a file that only narrows', () => {
  const content = {
    posthog_host: 'https://other.example',
    batch_size: 1,
    state_directory: 'anywhere',
    diagnostics_enabled: true,
  };

  it.each([
    ['project', 'opt-in'],
    ['project', 'opt-out'],
    ['app', 'opt-in'],
  ] as const)(
    'of a %s under %s changes nothing, and lists what it was not allowed to say',
    (kind, consent) => {
      const { warnings, ...settings } = resolve({}, { consent }, [fileOf(kind, content)]);
      const { warnings: _none, ...defaults } = resolve({}, { consent });
      expect(settings).toEqual(defaults);
      expect(warnings.map(({ code }) => code)).toEqual(Array(4).fill('FILE_ONLY_NARROWS'));
      expect(hear([fileOf(kind, content)])).toEqual([]);
    },
  );

  it('counts in full where consent is given, unless it belongs to another user', () => {
    const own = fileOf('project', { batch_size: 3, diagnostics_enabled: true });
    expect(resolve({}, { consent: 'given' }, [own]).delivery.batchSize).toBe(3);
    expect(toLines(hear([own], true))).toEqual([
      'yes /project.json:2 (diagnostics_enabled) (about diagnostics)',
    ]);

    const foreign = { ...own, trust: 'narrows' } as ConfigFile;
    const settings = resolve({}, { consent: 'given' }, [foreign]);
    expect(settings.delivery.batchSize).toBe(10);
    expect(settings.warnings.map(({ rule }) => rule)).toEqual(
      Array(2).fill(expect.stringMatching(/^was not used: the file belongs to another user/)),
    );
    expect(hear([foreign], true)).toEqual([]);
  });

  it('never adds a yes about telemetry and never takes an off away, whatever any file holds', () => {
    const key = fc.constantFrom(
      ...['disable_telemetry', 'telemetry_enabled', 'telemetry_opt_in', 'enabled', 'telemetry', 'dry_run'],
      ...['diagnostics_enabled', 'tools_over_privacy', 'x'],
    );
    const content = fc.dictionary(key, fc.oneof(fc.boolean(), fc.jsonValue()));
    const file = fc.tuple(fc.constantFrom(...KINDS), content).map(([kind, held]) => fileOf(kind, held));
    fc.assert(
      fc.property(fc.array(file), file, fc.boolean(), (files, another, isGiven) => {
        const without = hear(files, isGiven);
        const beside = hear([...files, another], isGiven);
        expect(beside.filter(({ about, kind }) => about === 'telemetry' && kind === 'yes')).toEqual([]);
        expect(toLines(beside)).toEqual(expect.arrayContaining(toLines(without)));
        expect(toLines(hear([another, ...files], isGiven))).toEqual(toLines(beside));
      }),
    );
  });
});

describe('a switch in a file', () => {
  it.each([
    // key, value, what is heard
    ['disable_telemetry', true, 'off'],
    ['disable_telemetry', false, undefined],
    ['telemetry_enabled', false, 'off'],
    ['telemetry_opt_in', false, 'off'],
    ['enabled', false, 'off'],
    ['telemetry', false, 'off'],
    ['dry_run', true, 'local'],
    ['dry_run', false, undefined],
  ] as const)('%s: %j is heard as %s of every kind of file, without a warning', (key, value, kind) => {
    for (const place of KINDS) {
      for (const consent of BASES) {
        const files = [fileOf(place, { [key]: value })];
        const expected = kind === undefined ? [] : [`${kind} /${place}.json:1 (${key})`];
        expect(toLines(hear(files, consent === 'given'))).toEqual(expected);
        expect(resolve({}, { consent }, files).warnings).toEqual([]);
      }
    }
  });

  it.each(['telemetry_enabled', 'telemetry_opt_in', 'enabled', 'telemetry'])('%s: true is no yes', (key) => {
    for (const place of KINDS) {
      const files = [fileOf(place, { [key]: true })];
      expect(hear(files)).toEqual([]);
      expect(hear(files, true)).toEqual([]);
      expect(resolve({}, {}, files).warnings).toEqual([
        {
          code: 'FILE_ONLY_NARROWS',
          source: `/${place}.json:1 (${key})`,
          rule: 'is no yes: a file may only turn telemetry off. Say yes when the program asks, or set ACME_TELEMETRY_ENABLED=true',
        },
      ]);
      expect(resolve({}, { consent: 'given' }, files).warnings).toEqual([]);
    }
  });

  it.each([
    ['usage_analytics_enabled', 'usageAnalytics'],
    ['error_reporting_enabled', 'errorReporting'],
    ['crash_reporting_enabled', 'crashReporting'],
    ['crash_opt_in', 'crashReporting'],
    ['diagnostics_enabled', 'diagnostics'],
    ['diagnostics_opt_in', 'diagnostics'],
    ['tools_over_privacy', 'toolsOverPrivacy'],
    ['tools_above_privacy', 'toolsOverPrivacy'],
  ])('%s speaks about %s: a no everywhere, a yes in files of the user and the machine', (key, about) => {
    for (const place of KINDS) {
      const source = `/${place}.json:1 (${key}) (about ${about})`;
      expect(toLines(hear([fileOf(place, { [key]: false })]))).toEqual([`off ${source}`]);
      expect(toLines(hear([fileOf(place, { [key]: true })], true))).toEqual([`yes ${source}`]);
      const isTrusted = place === 'user' || place === 'machine';
      expect(toLines(hear([fileOf(place, { [key]: true })]))).toEqual(isTrusted ? [`yes ${source}`] : []);
    }
  });

  it.each(['false', 'true', '', 0, 1, null, [], {}])(
    'counts as the stricter answer when it is %j',
    (value) => {
      const files = [
        fileOf('user', {
          disable_telemetry: value,
          telemetry_enabled: value,
          dry_run: value,
          diagnostics_enabled: value,
        }),
      ];
      expect(toLines(hear(files, true))).toEqual([
        'local /user.json:3 (dry_run)',
        'off /user.json:1 (disable_telemetry)',
        'off /user.json:2 (telemetry_enabled)',
        'off /user.json:4 (diagnostics_enabled) (about diagnostics)',
      ]);
      const { warnings } = resolve({}, {}, files);
      expect(warnings.map(({ code, rule }) => `${code} ${rule}`)).toEqual(
        Array(4).fill('VALUE_INVALID must be true or false, without quotes'),
      );
    },
  );

  it.each([
    ['user', 'user_config', 'Remove dry_run from /user.json.'],
    ['machine', 'machine_policy', 'Ask whoever runs this machine to remove dry_run from /machine.json.'],
    ['project', 'project_policy', 'Remove dry_run from /project.json.'],
    ['app', 'app_config', 'Remove dry_run from /app.json.'],
  ] as const)('of a file of the %s is a layer %s with a fix', (kind, layer, fix) => {
    expect(hear([fileOf(kind, { dry_run: true })])).toEqual([
      { kind: 'local', about: 'telemetry', layer, source: `/${kind}.json:1 (dry_run)`, fix },
    ]);
  });
});

describe('a no in another spelling', () => {
  it.each([
    ['disableTelemetry', true],
    ['DISABLE_TELEMETRY', true],
    ['DISABLE-TELEMETRY', 1],
    ['telemetryEnabled', false],
    ['Enabled', false],
    ['Enabled', 'false'],
    ['do_not_track', true],
    ['doNotTrack', true],
  ])('%s: %j is an off', (key, value) => {
    const [layer] = hear([fileOf('project', { [key]: value })]);
    expect(layer).toMatchObject({
      kind: 'off',
      about: 'telemetry',
      fix: `Remove ${key} from /project.json.`,
    });
  });
});

describe('warnings', () => {
  it('name an unknown key with the one that was probably meant', () => {
    const settings = resolve({}, {}, [
      fileOf('user', { toolsOverPrivacy: true, batchsize: 7, colour: 'red' }),
    ]);
    expect(settings.warnings).toEqual([
      {
        code: 'KEY_UNKNOWN',
        source: '/user.json:1 (toolsOverPrivacy)',
        rule: 'holds no setting of this version; did you mean tools_over_privacy?',
      },
      {
        code: 'KEY_UNKNOWN',
        source: '/user.json:2 (batchsize)',
        rule: 'holds no setting of this version; did you mean batch_size?',
      },
      { code: 'KEY_UNKNOWN', source: '/user.json:3 (colour)', rule: 'holds no setting of this version' },
    ]);
  });

  it('do not repeat a key that may be anything', () => {
    const settings = resolve({}, {}, [fileOf('user', { 'ada@acme.example': 1, ['x'.repeat(61)]: 1 })]);
    expect(warningsOf(settings)).toEqual(['KEY_UNKNOWN /user.json', 'KEY_UNKNOWN /user.json']);
  });

  it('are few, also for a file full of unknown keys', () => {
    const keys = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`unknown_${index}`, 1]));
    expect(resolve({}, {}, [fileOf('user', keys)]).warnings).toHaveLength(10);
  });
});

it('never throws for anything in files', () => {
  const key = fc.constantFrom(
    ...['posthog_host', 'posthog_api_key', 'batch_size', 'batch_interval_seconds', 'state_directory'],
    ...['disable_telemetry', 'enabled', '__proto__', 'constructor', ''],
  );
  const file = fc
    .tuple(fc.constantFrom(...KINDS), fc.dictionary(key, fc.anything()))
    .map(([kind, held]) => fileOf(kind, held));
  const options = fc.record<Partial<TelemetryOptions>>({ consent: fc.constantFrom(...BASES) });
  fc.assert(
    fc.property(fc.array(file), options, (files, given) => {
      expect(() => resolve({}, given, files)).not.toThrow();
      expect(() => hear(files)).not.toThrow();
    }),
  );
});

import { describe, expect, it } from 'vitest';
import { resolveSettings, type TelemetryOptions } from '../../../src/settings/index.js';

const NOTHING = { env: {}, dotenv: {} };

/** The error for options as JavaScript, which knows no types, may pass them. */
function errorFor(options: unknown): { code: string; message: string } {
  try {
    resolveSettings(options as TelemetryOptions, NOTHING);
  } catch (error) {
    return error as { code: string; message: string };
  }
  throw new Error('the options were accepted');
}

const errorWith = (options: object) => errorFor({ app: 'acme', ...options });

describe('a name that no option has', () => {
  it.each([
    [{ verison: '1.0.0' }, 'There is no option verison. Did you mean version?'],
    [{ batchSize: 3 }, 'There is no option batchSize. Did you mean delivery.batchSize?'],
    [{ toolsAbovePrivacy: true }, 'There is no option toolsAbovePrivacy. Did you mean toolsOverPrivacy?'],
    [{ postHog: {} }, 'There is no option postHog. Did you mean posthog?'],
    [
      { delivery: { batch_size: 3 } },
      'There is no option delivery.batch_size. Did you mean delivery.batchSize?',
    ],
    [{ posthog: { hots: 'x' } }, 'There is no option posthog.hots. Did you mean posthog.host?'],
    [{ disabel: undefined }, /^There is no option disabel\. Known options: app, version, .*enabled/],
  ])('%j is reported with help', (options, message) => {
    const error = errorWith(options);
    expect(error).toMatchObject({ name: 'ConfigError', code: 'OPTION_UNKNOWN' });
    expect(error.message).toMatch(message);
  });

  it('is reported for the switches that only the environment has', () => {
    expect(errorWith({ disableTelemetry: true }).code).toBe('OPTION_UNKNOWN');
    expect(errorWith({ doNotTrack: true }).code).toBe('OPTION_UNKNOWN');
  });
});

describe('a value that breaks its rule', () => {
  it.each([
    [{ version: 'my version' }, 'Option version must be a version such as 1.4.0', 'string'],
    [{ version: `1.${'0'.repeat(64)}` }, 'Option version must be a version', 'string'],
    [{ consent: 'yes' }, "Option consent must be one of 'opt-in', 'opt-out', 'given'", 'string'],
    [{ consent: true }, 'Option consent must be one of', 'boolean'],
    [{ enabled: 'false' }, 'Option enabled must be a boolean', 'string'],
    [{ enabled: null }, 'Option enabled must be a boolean', 'null'],
    [{ dryRun: 1 }, 'Option dryRun must be a boolean', 'number'],
    [{ toolsOverPrivacy: 'no' }, 'Option toolsOverPrivacy must be a boolean', 'string'],
    [{ posthog: 'phc_1' }, 'Option posthog must be an object', 'string'],
    [{ posthog: null }, 'Option posthog must be an object', 'null'],
    [{ delivery: [] }, 'Option delivery must be an object', 'array'],
    [{ posthog: { key: 'phc 1' } }, 'Option posthog.key must be at most 200 printable', 'string'],
    [{ posthog: { key: 5 } }, 'Option posthog.key must be', 'number'],
    [{ posthog: { host: 'somewhere' } }, 'Option posthog.host must be an http or https address', 'string'],
    [{ store: { directory: 'state' } }, 'Option store.directory must be an absolute path', 'string'],
    [
      { delivery: { batchSize: 0 } },
      'Option delivery.batchSize must be a whole number from 1 to 1000',
      'number',
    ],
    [{ delivery: { batchSize: 1001 } }, 'Option delivery.batchSize must be', 'number'],
    [{ delivery: { batchSize: 2.5 } }, 'Option delivery.batchSize must be', 'number'],
    [{ delivery: { batchSize: '10' } }, 'Option delivery.batchSize must be', 'string'],
    [{ delivery: { batchSize: Number.NaN } }, 'Option delivery.batchSize must be', 'non-finite number'],
    [{ delivery: { batchIntervalMs: 99 } }, 'from 100 to 3600000', 'number'],
    [{ delivery: { requestTimeoutMs: -1 } }, 'Option delivery.requestTimeoutMs must be', 'number'],
    [{ delivery: { shutdownTimeoutMs: Infinity } }, 'Option delivery.shutdownTimeoutMs', 'non-finite number'],
    [{ delivery: { maxQueueSize: 0 } }, 'Option delivery.maxQueueSize must be', 'number'],
    [{ delivery: { maxQueueBytes: 0 } }, 'Option delivery.maxQueueBytes must be', 'number'],
    [{ delivery: { maxAttempts: 0 } }, 'Option delivery.maxAttempts must be', 'number'],
    [{ store: { retentionDays: 0 } }, 'Option store.retentionDays must be a whole number from 1', 'number'],
    [{ store: { maxLedgerBytes: 65_535 } }, 'Option store.maxLedgerBytes must be', 'number'],
    [{ distinctId: 'person' }, "Option distinctId must be one of 'session', 'installation'", 'string'],
    [{ diagnostics: 'true' }, 'Option diagnostics must be a boolean', 'string'],
    [{ runFlag: true }, 'Option runFlag must be a flag that starts with --', 'boolean'],
    [{ runFlag: '-q' }, 'Option runFlag must be', 'string'],
    [{ runFlag: '--' }, 'Option runFlag must be', 'string'],
    [{ runFlag: `--${'x'.repeat(59)}` }, 'Option runFlag must be', 'string'],
    [{ command: 'rm -rf /; echo' }, 'Option command must be a command', 'string'],
    [{ configFile: 'acme.json' }, 'Option configFile must be the absolute path', 'string'],
    [{ configFile: '/etc/acme.yaml' }, 'Option configFile must be', 'string'],
    [{ privacyUrl: 'javascript:alert(1)' }, 'Option privacyUrl must be an http or https address', 'string'],
    [{ privacyUrl: 'https://user@acme.example' }, 'Option privacyUrl must be', 'string'],
    [{ flags: { timeoutMs: 0 } }, 'Option flags.timeoutMs must be', 'number'],
    [{ flags: { refreshIntervalMs: 10n } }, 'Option flags.refreshIntervalMs must be', 'bigint'],
  ])('%o is reported with the option, the rule and the type', (options, rule, type) => {
    const error = errorWith(options);
    expect(error).toMatchObject({ name: 'ConfigError', code: 'OPTION_INVALID' });
    expect(error.message).toContain(rule);
    expect(error.message.endsWith(`; got ${type}.`)).toBe(true);
  });

  it.each([
    { posthog: { key: 'a secret key' } },
    { posthog: { host: 'https://user:a secret@acme.example' } },
    { version: 'a secret version' },
    { store: { directory: 'a secret place' } },
  ])('%j is not repeated in the message', (options) => {
    expect(errorWith(options).message).not.toContain('secret');
  });
});

describe('the app name', () => {
  it.each(['acme', 'a', 'code-search', 'code_search', 'a1', `a${'b'.repeat(39)}`])(
    '%s is accepted',
    (app) => {
      expect(resolveSettings({ app }, NOTHING).app).toBe(app);
    },
  );

  it.each([
    ['', 'string'],
    ['Acme', 'string'],
    ['1acme', 'string'],
    ['-acme', 'string'],
    ['acme tool', 'string'],
    ['acme\n', 'string'],
    ['acmé', 'string'],
    [`a${'b'.repeat(40)}`, 'string'],
    [undefined, 'undefined'],
    [null, 'null'],
    [7, 'number'],
  ])('%j is reported', (app, type) => {
    expect(errorFor({ app })).toMatchObject({
      code: 'OPTION_INVALID',
      message: `Option app must be lower case letters, digits, - and _, starting with a letter, at most 40 characters; got ${type}.`,
    });
  });
});

describe('the version', () => {
  it.each(['1', '1.2', '1.4.0', '1.2.3.4', '2.0.0-beta.1', '1.0.0+build.5', '1.0.0-rc.1+5'])(
    '%s is accepted',
    (version) => {
      expect(resolveSettings({ app: 'acme', version }, NOTHING).version).toBe(version);
    },
  );
});

it.each([
  [undefined, 'undefined'],
  [null, 'null'],
  ['acme', 'string'],
  [['acme'], 'array'],
])('options that are %j are reported', (options, type) => {
  expect(errorFor(options).message).toBe(`Option options must be an object; got ${type}.`);
});

it('counts an option that is undefined as not given', () => {
  const options = { app: 'acme', version: undefined, posthog: undefined, delivery: { batchSize: undefined } };
  const settings = resolveSettings(options as unknown as TelemetryOptions, NOTHING);
  expect(settings).toEqual(resolveSettings({ app: 'acme' }, NOTHING));
});

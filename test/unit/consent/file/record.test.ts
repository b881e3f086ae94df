import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ConsentRecord,
  EMPTY_RECORD,
  formatConsentFile,
  parseConsentFile,
} from '../../../../src/consent/file/record.js';

const switches = fc.option(fc.boolean(), { nil: undefined });
const ids = fc.option(fc.uuid(), { nil: undefined });
const times = fc.option(
  fc
    .date({ min: new Date(0), max: new Date('9999-12-31T00:00:00Z'), noInvalidDate: true })
    .map((date) => date.toISOString()),
  { nil: undefined },
);

const digests = fc.option(fc.stringMatching(/^[0-9a-f]{64}$/), { nil: undefined });

const SCOPE = {
  recipient: 'eu.example.com',
  distinctId: 'session',
  untyped: false,
  events: { search: { undeclared: false, fields: { hits: { conversion: 'count', expires: '2027-01-31' } } } },
  common: {},
  session: {},
};

const records: fc.Arbitrary<ConsentRecord> = fc.record({
  telemetryEnabled: switches,
  errorReporting: switches,
  usageAnalytics: switches,
  crashReporting: switches,
  diagnostics: switches,
  toolsOverPrivacy: switches,
  dryRun: switches,
  userId: ids,
  installId: ids,
  consentTimestamp: times,
  optOutTimestamp: times,
  noticeTimestamp: times,
  catalogueVersion: fc.option(fc.stringMatching(/^[0-9a-f]{16}$/), { nil: undefined }),
  catalogue: fc.oneof(digests, fc.constant(SCOPE)),
  declinedCatalogueVersion: digests,
  noticedCatalogueVersion: digests,
  noticedCatalogueTimestamp: times,
});

const parse = (json: unknown) => parseConsentFile(JSON.stringify(json))?.record;

describe('the text of a consent file', () => {
  it('is JSON with every key in order, an indent of two, and a final newline', () => {
    const record = { ...EMPTY_RECORD, telemetryEnabled: true, consentTimestamp: '2026-01-02T03:04:05.678Z' };
    expect(formatConsentFile({ record, others: [] })).toBe(`{
  "telemetry_enabled": true,
  "error_reporting_enabled": null,
  "usage_analytics_enabled": null,
  "crash_reporting_enabled": null,
  "diagnostics_enabled": null,
  "tools_over_privacy": null,
  "dry_run": null,
  "user_id": null,
  "install_id": null,
  "consent_timestamp": "2026-01-02T03:04:05.678Z",
  "opt_out_timestamp": null,
  "notice_timestamp": null,
  "catalogue_version": null
}
`);
  });

  it('gives back what was written, with what others wrote in it', () => {
    const otherKeys = fc.string().filter((key) => !key.includes('_') && key !== '__proto__');
    fc.assert(
      fc.property(records, fc.dictionary(otherKeys, fc.jsonValue()), (record, others) => {
        const before = JSON.stringify({ ...others, telemetry_enabled: null });
        const parsed = parseConsentFile(before);
        const text = formatConsentFile({ record, others: parsed?.others ?? [] });
        expect(parseConsentFile(text)?.record).toEqual(record);
        expect(JSON.parse(text)).toMatchObject(JSON.parse(JSON.stringify(others)));
      }),
    );
  });

  it('keeps even a key that means something to JavaScript', () => {
    const parsed = parseConsentFile('{"__proto__": {"telemetry_enabled": true}}');
    expect(parsed).toEqual({ record: EMPTY_RECORD, others: ['"__proto__": {"telemetry_enabled":true}'] });
  });

  it('is read without harm whatever it is', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        const parsed = parseConsentFile(text);
        expect(parsed === undefined || Object.isFrozen(parsed.record)).toBe(true);
      }),
    );
  });

  it.each([
    ['nothing', ''],
    ['a list', '[]'],
    ['null', 'null'],
    ['a boolean', 'true'],
    ['cut off', '{"telemetry_enabled": tr'],
    ['not one value', '{"telemetry_enabled": true} {}'],
    ['nested too deeply to be written again', `{"a": ${'['.repeat(30_000)}${']'.repeat(30_000)}}`],
  ])('cannot be trusted when it is %s', (_, text) => {
    expect(parseConsentFile(text)).toBeUndefined();
  });

  it.each([
    'telemetry_enabled',
    'error_reporting_enabled',
    'usage_analytics_enabled',
    'crash_reporting_enabled',
    'diagnostics_enabled',
    'tools_over_privacy',
    'dry_run',
  ])('cannot be trusted when %s is anything but a boolean, null or missing', (key) => {
    for (const value of ['false', 'true', 1, 0, '', [], {}]) expect(parse({ [key]: value })).toBeUndefined();
    for (const value of [null, true, false]) expect(parse({ [key]: value })).toBeDefined();
    expect(parse({})).toEqual(EMPTY_RECORD);
  });

  it.each([
    '{"telemetry_enabled":false,"telemetry_enabled":true}',
    '{"telemetry_enabled":true,"telemetry_enabled":true}',
    '{"telemetry_enabled" : false, "a": [{"b": "}"}], "telemetry\\u005fenabled" : true}',
    '{"dry_run": true, "x\\\\": "\\"", "dry_run": false}',
    '{"user_id": null, "user_id": null}',
  ])('cannot be trusted when a key of ours stands in it twice: %s', (text) => {
    expect(JSON.parse(text)).toBeTypeOf('object');
    expect(parseConsentFile(text)).toBeUndefined();
  });

  it.each([
    '{"telemetry_enabled": true, "other": {"telemetry_enabled": false}}',
    '{"telemetry_enabled": true, "other": "\\"telemetry_enabled\\":"}',
    '{"telemetry_enabled": true, "other": ["telemetry_enabled", "dry_run", "dry_run"]}',
    '{"telemetry_enabled": true, "other": 1, "other": 2}',
  ])('can be trusted when something else only looks like it: %s', (text) => {
    expect(parseConsentFile(text)?.record.telemetryEnabled).toBe(true);
  });

  it.each(['', 'garbage', 'x'.repeat(10_000), 7, true, [], {}, null])(
    'counts ids, times and a version that are %j as absent, and the rest stays',
    (value) => {
      const record = parse({
        telemetry_enabled: true,
        user_id: value,
        install_id: value,
        consent_timestamp: value,
        opt_out_timestamp: value,
        notice_timestamp: value,
      });
      expect(record).toEqual({ ...EMPTY_RECORD, telemetryEnabled: true });
    },
  );

  it.each(['', 'garbage', 7, true])('never takes a catalogue that is %j for none', (catalogue) => {
    expect(parse({ catalogue })?.catalogue).toBe('unreadable');
    expect(parse({ catalogue: null })?.catalogue).toBeUndefined();
  });
});

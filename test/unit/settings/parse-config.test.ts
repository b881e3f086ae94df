import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../../src/settings/parse-config.js';

const read = (text: string, format: 'json' | 'toml', onlyBlock = false) =>
  parseConfig(text, format, onlyBlock)?.map(({ key, value, line }) => [key, value, line]);

const pretty = (value: unknown) => JSON.stringify(value, null, 2);

describe('JSON', () => {
  it.each([
    [
      'at the top level',
      pretty({ dry_run: true, batch_size: 3 }),
      [
        ['dry_run', true, 2],
        ['batch_size', 3, 3],
      ],
    ],
    ['in a block', pretty({ telemetry: { dry_run: true } }), [['dry_run', true, 3]]],
    [
      'in a block and at the top level',
      pretty({ dry_run: false, telemetry: { dry_run: true } }),
      [
        ['dry_run', true, 4],
        ['dry_run', false, 2],
      ],
    ],
    ['on one line', '{"telemetry":{"dry_run":true}}', [['dry_run', true, 1]]],
    ['with Windows line ends', '{\r\n"dry_run": true\r\n}', [['dry_run', true, 2]]],
    ['with a key that the search does not find', '{"dry_ru\\u006e": true}', [['dry_run', true, undefined]]],
    ['as a switch in place of a block', '{"telemetry": false}', [['telemetry', false, 1]]],
    ['nowhere', '{}', []],
  ])('is read %s', (_where, text, expected) => {
    expect(read(text, 'json')).toEqual(expected);
  });

  it('of a program gives its block alone, with the lines of the block', () => {
    const text = pretty({ enabled: true, dry_run: 1, telemetry: { enabled: false } });
    expect(read(text, 'json', true)).toEqual([['enabled', false, 5]]);
    expect(read('{"telemetry": false, "enabled": true}', 'json', true)).toEqual([['telemetry', false, 1]]);
    expect(read('{"enabled": false}', 'json', true)).toEqual([]);
  });

  it.each([
    '',
    '[]',
    'null',
    'true',
    '"text"',
    '{',
    '{"dry_run": true',
    "{'dry_run': true}",
    '{dry_run: true}',
  ])('%j holds no settings', (text) => {
    expect(read(text, 'json')).toBeUndefined();
  });
});

describe('TOML', () => {
  it.each([
    [
      'at the top level',
      'dry_run = true\nbatch_size = 3',
      [
        ['dry_run', true, 1],
        ['batch_size', 3, 2],
      ],
    ],
    ['in a block', '# ours\n[telemetry]\ndry_run = true', [['dry_run', true, 3]]],
    [
      'in a block that follows others',
      '[other]\ndry_run = 1\n[telemetry]\ndry_run = true',
      [
        ['dry_run', true, 4],
        ['other', { dry_run: 1 }, undefined],
      ],
    ],
    ['with dots', 'telemetry.dry_run = true', [['dry_run', true, 1]]],
    [
      'in one line',
      'telemetry = { batch_size = 3, dry_run = true }',
      [
        ['batch_size', 3, 1],
        ['dry_run', true, 1],
      ],
    ],
    ['behind a comment', '# dry_run = false\ndry_run = true # dry_run', [['dry_run', true, 2]]],
    ['with quotes', '"dry_run" = true', [['dry_run', true, 1]]],
    ['as a switch in place of a block', 'telemetry = false', [['telemetry', false, 1]]],
    ['nowhere', '', []],
  ])('is read %s', (_where, text, expected) => {
    expect(read(text, 'toml')).toEqual(expected);
  });

  it.each(['dry_run', 'dry_run = ', 'dry_run = yes', 'a = 1\na = 2', '{"dry_run": true}', '[telemetry'])(
    '%j holds no settings',
    (text) => {
      expect(read(text, 'toml')).toBeUndefined();
    },
  );
});

describe('the name of a switch', () => {
  const names = (text: string, format: 'json' | 'toml') =>
    parseConfig(text, format, false)?.map(({ key, name }) => [key, name]);

  it.each([
    ['disableTelemetry', 'disable_telemetry', true],
    ['DISABLE_TELEMETRY', 'disable_telemetry', true],
    ['telemetry-enabled', 'telemetry_enabled', false],
    ['Enabled', 'enabled', false],
    ['doNotTrack', 'do_not_track', true],
    ['Telemetry', 'telemetry', false],
    ['dryRun', 'dry_run', true],
  ])('is heard in %s when it narrows, and keeps its line and spelling', (key, name, strict) => {
    expect(names(pretty({ [key]: strict }), 'json')).toEqual([[key, name]]);
    expect(names(pretty({ [key]: 'perhaps' }), 'json')).toEqual([[key, name]]);
    expect(names(`${key} = ${strict}`, 'toml')).toEqual([[key, name]]);
    expect(names(pretty({ [key]: !strict }), 'json')).toEqual([[key, key]]);
    expect(read(pretty({ [key]: strict }), 'json')).toEqual([[key, strict, 2]]);
  });

  it('may stand in a block in any case', () => {
    expect(read(pretty({ Telemetry: { Enabled: false } }), 'json', true)).toEqual([['Enabled', false, 3]]);
    expect(read('[TELEMETRY]\nEnabled = false', 'toml', true)).toEqual([['Enabled', false, 2]]);
  });

  it('is no name of a value', () => {
    expect(names('{"batchSize": 1}', 'json')).toEqual([['batchSize', 'batchSize']]);
  });
});

describe('a key that is written twice in JSON', () => {
  it.each([
    '{"enabled": false, "enabled": true}',
    '{"enabled": false, "\\u0065nabled" : true}',
    '{"telemetry": {"enabled": false}, "telemetry": {}}',
    '{"telemetry": {"dry_run": true, "dry_run": false}}',
    '{"a": "\\"", "doNotTrack": true, "b": "\\\\", "doNotTrack": false}',
  ])('leaves a decision open: %s', (text) => {
    expect(read(text, 'json')).toBeUndefined();
  });

  it.each([
    '{"batch_size": 1, "batch_size": 2}',
    '{"enabled": false, "Enabled": true}',
    '{"enabled": false, "telemetry": {"enabled": true}}',
    '{"note": "\\"enabled\\": 1", "enabled": false}',
    '["enabled", "enabled"]',
  ])('is another thing than %s', (text) => {
    expect(read(text, 'json')).toEqual(Array.isArray(JSON.parse(text)) ? undefined : expect.anything());
  });
});

it('gives what was written, for any settings', () => {
  const settings = fc.dictionary(fc.string(), fc.jsonValue());
  fc.assert(
    fc.property(settings, fc.option(fc.nat(4)), (table, indent) => {
      const text = JSON.stringify(table, null, indent ?? undefined);
      const entries = Object.entries(table).filter(([key]) => key !== 'telemetry');
      const found = parseConfig(text, 'json', false)!.map(({ key, value }) => [key, value]);
      expect(found).toEqual(JSON.parse(JSON.stringify(entries)));
    }),
  );
});

it.each(['json', 'toml'] as const)('answers for any text that is called %s', (format) => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(() => parseConfig(text, format, false)).not.toThrow();
    }),
  );
});

it.each([
  ['json', '[', 65_536],
  ['json', '{"a":', 13_000],
  ['json', ' ', 65_536],
  ['json', '"a" ', 16_000],
  ['toml', '\n', 65_536],
  ['toml', 'a=[', 21_000],
  ['toml', '[a.', 21_000],
  ['toml', 'a = 1 ', 10_000],
  ['toml', 'a ', 32_000],
  ['toml', '#', 65_536],
  ['json', '"\\\\" ', 12_000],
  ['toml', '"', 65_536],
] as const)('is quick with %s full of %j', (format, piece, times) => {
  const start = performance.now();
  parseConfig(piece.repeat(times), format, false);
  expect(performance.now() - start).toBeLessThan(1_000);
});

it('is quick with a comment that holds another end of a line', () => {
  const start = performance.now();
  expect(parseConfig(`${'#'.repeat(65_000)}\u2028.`, 'toml', false)).toEqual([]);
  expect(performance.now() - start).toBeLessThan(1_000);
});

it('is quick with many keys', () => {
  const keys = Array.from({ length: 5_000 }, (_, index) => `k${index}`);
  const start = performance.now();
  parseConfig(pretty(Object.fromEntries(keys.map((key) => [key, 1]))), 'json', false);
  parseConfig(keys.map((key) => `${key} = 1`).join('\n'), 'toml', false);
  expect(performance.now() - start).toBeLessThan(1_000);
});

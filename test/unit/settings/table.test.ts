import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { foldName } from '../../../src/settings/fold-name.js';
import { SETTING_NAMES, variableNames } from '../../../src/settings/index.js';
import { keyNames, OPTION_PATHS, VALUES, type ValueName } from '../../../src/settings/table.js';

const example = readFileSync(new URL('../../../.env.example', import.meta.url), 'utf8');

describe('.env.example', () => {
  it('names every variable of the table, and no other', () => {
    const named = [...example.matchAll(/^#?([A-Z_]+)=/gm)].map((match) => match[1]);
    const known = SETTING_NAMES.flatMap((name) => variableNames(name, 'CODE_SEARCH'));
    expect(named.sort()).toEqual([...new Set(known)].sort());
  });

  it('changes nothing when it is copied as it is', () => {
    expect(example.split('\n').filter((line) => line !== '' && !line.startsWith('#'))).toEqual([]);
  });
});

it('spells variables for an app', () => {
  expect(variableNames('posthog.key', 'ACME')).toEqual([
    'ACME__TELEMETRY__POSTHOG_API_KEY',
    'ACME_POSTHOG_API_KEY',
    'ACME__TELEMETRY__POSTHOG_PROJECT_KEY',
  ]);
  expect(variableNames('version', 'ACME')).toEqual([]);
});

it('reads only two variables without the prefix of an app', () => {
  const bare = SETTING_NAMES.flatMap((name) => variableNames(name, '')).filter(
    (name) => !name.startsWith('_'),
  );
  expect(bare).toEqual(['DISABLE_TELEMETRY', 'DO_NOT_TRACK']);
});

it('gives no variable to two settings but the one that speaks for the address of either sink', () => {
  const all = SETTING_NAMES.flatMap((name) => variableNames(name, 'ACME'));
  const twice = all.filter((name, index) => all.indexOf(name) !== index);
  expect(twice).toEqual(['ACME_TELEMETRY_ENDPOINT']);
});

it('gives no key of a file to two settings', () => {
  const all = SETTING_NAMES.flatMap((name) => keyNames(name).map(foldName));
  expect(new Set(all).size).toBe(all.length);
});

it('has a key for every setting that a variable speaks for', () => {
  const withoutKey = SETTING_NAMES.filter(
    (name) => variableNames(name, 'ACME').length > 0 && keyNames(name).length === 0,
  );
  expect(withoutKey).toEqual([]);
});

it('offers as options everything but the switches of the environment', () => {
  expect(SETTING_NAMES.filter((name) => !OPTION_PATHS.includes(name))).toEqual([
    'disableTelemetry',
    'doNotTrack',
  ]);
});

it.each(Object.keys(VALUES) as ValueName[])(
  'has a default for %s that obeys its own rule, if any',
  (name) => {
    const { kind, fallback } = VALUES[name];
    expect(kind.fromCode(fallback)).toBe(fallback);
  },
);

import { describe, expect, it } from 'vitest';
import { settingsSection } from '../../../scripts/settings-section.js';
import { describeSettings, SETTING_NAMES } from '../../../src/settings/index.js';

const rows = describeSettings('ACME');
const find = (name: string) => rows.find((row) => row.name === name);

it('describes every setting once', () => {
  expect(rows.map(({ name }) => name)).toEqual(SETTING_NAMES);
});

it('tells all about a value', () => {
  expect(find('delivery.batchIntervalMs')).toEqual({
    name: 'delivery.batchIntervalMs',
    isSwitch: false,
    isOption: true,
    variables: ['ACME__TELEMETRY__BATCH_INTERVAL_SECONDS'],
    keys: ['batch_interval_seconds'],
    rules: {
      code: 'a whole number from 100 to 3600000',
      variable: 'a number of seconds from 0.1 to 3600',
      file: 'a number of seconds from 0.1 to 3600',
    },
    fallback: 60_000,
    narrows: undefined,
  });
});

it('tells all about a switch', () => {
  expect(find('disableTelemetry')).toMatchObject({ isSwitch: true, isOption: false, fallback: undefined });
  expect(find('toolsOverPrivacy')).toMatchObject({
    isSwitch: true,
    isOption: true,
    keys: ['tools_over_privacy', 'tools_above_privacy'],
    rules: { code: 'a boolean', file: 'true or false, without quotes' },
  });
});

it('says of every switch what it narrows', () => {
  expect(rows.filter(({ isSwitch, narrows }) => isSwitch && !narrows)).toEqual([]);
});

describe('the table for documents', () => {
  const lines = settingsSection().split('\n');
  const lineOf = (name: string) => lines.find((line) => line.startsWith(`| \`${name}\` |`));

  it('has a row for every setting', () => {
    expect(lines).toHaveLength(SETTING_NAMES.length + 2);
  });

  it('says what is the same everywhere once, and otherwise where it applies', () => {
    expect(lineOf('delivery.batchSize')).toContain('| a whole number from 1 to 1000 |');
    expect(lineOf('delivery.batchIntervalMs')).toContain(
      '| in code a whole number from 100 to 3600000; in a variable and in a file a number of seconds from 0.1 to 3600 |',
    );
  });
});

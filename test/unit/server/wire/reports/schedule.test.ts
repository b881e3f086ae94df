import { describe, expect, it } from 'vitest';
import { describeFrequency, describeUse } from '../../../../../src/server/wire/reports/index.js';

describe('the frequency of reports', () => {
  it.each([
    [300, 'every 5 minutes'],
    [60, 'every minute'],
    [1, 'every second'],
    [90, 'every 90 seconds'],
    [3600, 'every hour'],
    [7200, 'every 2 hours'],
    [5400, 'every 90 minutes'],
  ])('is told exactly for %i seconds', (heartbeatIntervalSeconds, expected) => {
    expect(describeFrequency({ heartbeatIntervalSeconds, analyticsHourUtc: 2 }).heartbeat).toBe(expected);
  });

  it.each([
    [0, 'daily at 00:00 UTC'],
    [2, 'daily at 02:00 UTC'],
    [23, 'daily at 23:00 UTC'],
  ])('is told for the hour %i', (analyticsHourUtc, expected) => {
    expect(describeFrequency({ heartbeatIntervalSeconds: 300, analyticsHourUtc }).daily).toBe(expected);
  });
});

describe('the use of reports', () => {
  it('is told with the frequency, and without a word that promises too much', () => {
    const use = describeUse({ heartbeatIntervalSeconds: 60, analyticsHourUtc: 4 });
    expect(use.frequency).toEqual([
      'The heartbeat is sent every minute.',
      'The daily report is sent daily at 04:00 UTC.',
    ]);
    expect(use.purposes.length).toBeGreaterThan(0);
    expect(JSON.stringify(use)).toMatch(/aggregated/);
    expect(JSON.stringify(use)).not.toMatch(/anonym/i);
  });
});

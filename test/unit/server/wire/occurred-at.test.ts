import { describe, expect, it } from 'vitest';
import { toOccurredAtMs } from '../../../../src/server/wire/index.js';

describe('the moment of an event', () => {
  it.each([
    ['2025-03-01T12:00:00Z', '2025-03-01T12:00:00.000Z'],
    ['2025-03-01T12:00:00.5Z', '2025-03-01T12:00:00.500Z'],
    ['2025-03-01T12:00:00.123999999Z', '2025-03-01T12:00:00.123Z'],
    ['2025-03-01T12:00:00.123+05:30', '2025-03-01T06:30:00.123Z'],
    ['2025-03-01T12:00:00-0330', '2025-03-01T15:30:00.000Z'],
    ['0000-01-01T00:00:00+23:59', '-000001-12-31T00:01:00.000Z'],
    ['9999-12-31T23:59:59.999-23:59', '+010000-01-01T23:58:59.999Z'],
  ])('%s is %s', (timestamp, moment) => {
    expect(new Date(toOccurredAtMs(timestamp)).toISOString()).toBe(moment);
  });

  it.each(['', 'yesterday', '2025-03-01', '2025-03-01T12:00:00', '2025-13-01T00:00:00Z'])(
    '%j is none',
    (text) => {
      expect(toOccurredAtMs(text)).toBeNaN();
    },
  );
});

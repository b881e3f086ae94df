import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isIsoTimestamp } from '../../../../src/server/ingest/iso-timestamp.js';

describe('isIsoTimestamp', () => {
  it.each([
    '2025-03-01T12:00:00Z',
    '2025-03-01T12:00:00.1Z',
    '2025-03-01T12:00:00.123456789Z',
    '2025-03-01T12:00:00+05:30',
    '2025-03-01T12:00:00-0800',
    '2024-02-29T23:59:59Z',
    '0000-02-29T00:00:00Z',
  ])('accepts %s', (text) => {
    expect(isIsoTimestamp(text)).toBe(true);
  });

  it.each([
    ['no time', '2025-03-01'],
    ['no offset', '2025-03-01T12:00:00'],
    ['a space for the T', '2025-03-01 12:00:00Z'],
    ['a day that does not exist', '2025-02-30T12:00:00Z'],
    ['a leap day in a common year', '2025-02-29T12:00:00Z'],
    ['month 13', '2025-13-01T12:00:00Z'],
    ['month 0', '2025-00-01T12:00:00Z'],
    ['day 32', '2025-03-32T12:00:00Z'],
    ['day 0', '2025-03-00T12:00:00Z'],
    ['hour 24', '2025-03-01T24:00:00Z'],
    ['minute 60', '2025-03-01T12:60:00Z'],
    ['second 60', '2025-03-01T12:00:60Z'],
    ['an offset of 24 hours', '2025-03-01T12:00:00+24:00'],
    ['ten fractional digits', '2025-03-01T12:00:00.1234567890Z'],
    ['a second line', '2025-03-01T12:00:00Z\n'],
    ['nothing', ''],
  ])('refuses %s', (_what, text) => {
    expect(isIsoTimestamp(text)).toBe(false);
  });

  it('accepts every time that JavaScript writes with a year of four digits', () => {
    fc.assert(
      fc.property(
        fc.date({
          min: new Date('0000-01-01T00:00:00Z'),
          max: new Date('9999-12-31T23:59:59.999Z'),
          noInvalidDate: true,
        }),
        (date) => isIsoTimestamp(date.toISOString()),
      ),
    );
  });
});

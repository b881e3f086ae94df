import { describe, expect, it } from 'vitest';
import {
  howMany,
  milliseconds,
  oneOfOrOther,
  score,
  seconds,
  share,
  usd,
  version,
} from '../../../src/events/domains.js';

describe('the bounded types of the built-in events', () => {
  it.each([
    ['share', share, 2 / 3, 0.667],
    ['milliseconds', milliseconds, 12.345, 12.35],
    ['seconds', seconds, 0.005, 0.01],
    ['score', score, -0.12345, -0.123],
    ['usd', usd, 0.00005, 0.0001],
    ['howMany', howMany, 7, 7],
  ])('%s rounds as it promises', (_, domain, value, rounded) => {
    expect(domain.encode(value)).toBe(rounded);
  });

  it.each([
    ['share', share, 1.001],
    ['share', share, -0.1],
    ['milliseconds', milliseconds, 86_400_001],
    ['milliseconds', milliseconds, -1],
    ['seconds', seconds, 31_622_401],
    ['score', score, 1_000_001],
    ['howMany', howMany, 1.5],
    ['howMany', howMany, 4_915_123_456_789],
    ['howMany', howMany, '7'],
    ['usd', usd, Number.NaN],
  ])('%s refuses what is beyond its bounds or no number', (_, domain, value) => {
    expect(domain.encode(value)).toBeUndefined();
  });

  it.each(['1.4.0', '0.0.1', '2.0.0-beta.1', '10.20.30-rc', '1.0.0-nightly.2026'])(
    'takes the version %s',
    (text) => {
      expect(version().encode(text)).toBe(text);
    },
  );

  it.each([
    '1.4',
    'v1.4.0',
    '1.4.0+build.of.jane',
    '1.4.0-jane',
    '1.4.0-beta.1.jane',
    '1.4.12345',
    '1.4.0\n',
    '/home/jane',
  ])('takes %j for no version', (text) => {
    expect(version().encode(text)).toBeUndefined();
  });

  it('lets only words of a list pass, everything else as other', () => {
    const color = oneOfOrOther(['red', 'blue']);
    expect(['red', 'green', 'jane@example.com', ''].map((word) => color.encode(word))).toEqual([
      'red',
      'other',
      'other',
      'other',
    ]);
    expect(color.encode(7)).toBeUndefined();
  });
});

import { expect, it } from 'vitest';
import { toHrTime } from '../../../../src/delivery/otlp/time.js';

it.each([
  [0, [0, 0]],
  [1, [0, 1_000_000]],
  [1_500.25, [1, 500_250_000]],
  [999.9999, [1, 0]],
  [1_795_249_800_123, [1_795_249_800, 123_000_000]],
  [-5, [0, 0]],
])('%s ms since 1970 is %j', (timeMs, expected) => {
  expect(toHrTime(timeMs)).toEqual(expected);
});

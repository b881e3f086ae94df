import { describe, expect, it } from 'vitest';
import { retryDelayMs } from '../../../../src/server/writer/retry-delay.js';

describe('the delay before something is tried again', () => {
  it.each([
    [1, 1_000],
    [2, 2_000],
    [5, 16_000],
    [7, 60_000],
    [10_000, 60_000],
  ])('after %i failures is between half of %i ms and all of it', (failures, longestMs) => {
    expect([retryDelayMs(failures, 0), retryDelayMs(failures, 1)]).toEqual([longestMs / 2, longestMs]);
  });
});

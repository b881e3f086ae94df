import { describe, expect, it } from 'vitest';
import { hasModestShape } from '../../../../src/server/local-api/guards/json-shape.js';

const nested = (levels: number): unknown => (levels === 0 ? 1 : [nested(levels - 1)]);
const keyed = (keys: number) => Object.fromEntries(Array.from({ length: keys }, (_, at) => [`k${at}`, at]));

describe('the shape of a body', () => {
  it('may have 32 levels, and no more', () => {
    expect(hasModestShape(nested(32))).toBe(true);
    expect(hasModestShape(nested(33))).toBe(false);
    expect(hasModestShape(nested(1_000))).toBe(false);
  });

  it('may have 10,000 members in all, wherever they stand', () => {
    expect(hasModestShape(keyed(10_000))).toBe(true);
    expect(hasModestShape(keyed(10_001))).toBe(false);
    expect(hasModestShape([keyed(5_000), keyed(4_998)])).toBe(true);
    expect(hasModestShape([keyed(5_000), keyed(4_999)])).toBe(false);
    expect(hasModestShape(Array.from({ length: 10_001 }, () => 0))).toBe(false);
  });

  it.each([null, 1, 'text', true])('may be %j', (value) => {
    expect(hasModestShape(value)).toBe(true);
  });
});

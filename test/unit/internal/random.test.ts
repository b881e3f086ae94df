import { describe, expect, it } from 'vitest';
import { randomBytes, randomId } from '../../../src/internal/index.js';

describe('random', () => {
  it('makes ids that are UUIDs of version 4, each time another one', () => {
    const ids = Array.from({ length: 100 }, randomId);

    expect(new Set(ids).size).toBe(100);
    for (const id of ids)
      expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
  });

  it('makes as many bytes as it is asked for, each time other ones', () => {
    expect(randomBytes(0)).toHaveLength(0);
    expect(randomBytes(32)).toHaveLength(32);
    expect(randomBytes(32)).not.toEqual(randomBytes(32));
  });
});

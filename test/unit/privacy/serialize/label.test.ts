import { describe, expect, it } from 'vitest';
import { label, oneOf } from '../../../../src/privacy/index.js';

describe('a label that only a server knows', () => {
  it.each(['control', 'new-ranking', true, false])('may be %j', (value) => {
    expect(label.encode(value)).toBe(value);
  });

  it.each(['two words', 'alice@example.org', 7, null, { control: true }])('may not be %j', (value) => {
    expect(label.encode(value)).toBeUndefined();
  });

  it('is within no other domain, nor another list of labels within it unless each is one', () => {
    expect(label.isWithin(label)).toBe(false);
    expect(oneOf('a', 'b').isWithin(label)).toBe(true);
    expect(oneOf('two words').isWithin(label)).toBe(false);
  });
});

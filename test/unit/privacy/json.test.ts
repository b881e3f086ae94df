import { describe, expect, it } from 'vitest';
import { normalizeZero, roundTo, setOwn, toUtcText } from '../../../src/privacy/json.js';

describe('roundTo', () => {
  it.each([
    [1.005, 2, 1.01],
    [1.255, 2, 1.26],
    [2.5, 0, 3],
    [-2.5, 0, -3],
    [-1.005, 2, -1.01],
    [0.1 + 0.2, 4, 0.3],
    [1e-7, 2, 0],
    [-1e-7, 2, 0],
    [1e21, 2, 1e21],
    [123_456.789, 1, 123_456.8],
    [5e-324, 3, 0],
    [Number.MAX_VALUE, 2, Number.MAX_VALUE],
  ])('rounds %d to %d decimals as %d', (value, decimals, expected) => {
    expect(Object.is(roundTo(value, decimals), expected)).toBe(true);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])('leaves %d as it is', (value) => {
    expect(roundTo(value, 2)).toBe(value);
  });
});

describe('normalizeZero', () => {
  it('knows one zero', () => {
    expect(Object.is(normalizeZero(-0), 0)).toBe(true);
    expect(normalizeZero(-1)).toBe(-1);
  });
});

describe('setOwn', () => {
  it('sets a key called __proto__ without changing the prototype', () => {
    const target = {};
    setOwn(target, '__proto__', { polluted: true });
    expect(JSON.stringify(target)).toBe('{"__proto__":{"polluted":true}}');
    expect(Object.getPrototypeOf(target)).toBe(Object.prototype);
  });
});

describe('toUtcText', () => {
  it('writes an instant in UTC, whatever a subclass of Date would print', () => {
    class Local extends Date {
      override toISOString(): string {
        return '2026-11-21T09:30:00.000+01:00';
      }
    }
    expect(toUtcText(new Local(Date.UTC(2026, 10, 21, 8, 30)))).toBe('2026-11-21T08:30:00.000Z');
  });

  it('is null for an invalid date', () => {
    expect(toUtcText(new Date(Number.NaN))).toBeNull();
  });
});

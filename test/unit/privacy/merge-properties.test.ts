import { expect, it } from 'vitest';
import { mergeProperties } from '../../../src/privacy/index.js';
import { openDoor } from './support.js';

it('merged properties are one frozen object in which later parts win', () => {
  const { sanitizer } = openDoor();
  const [first, second] = [sanitizer.properties({ a: 1, b: 1 }), sanitizer.properties({ b: 2 })];
  const merged = mergeProperties(first, second);
  expect(merged).toEqual({ a: 1, b: 2 });
  expect(Object.isFrozen(merged)).toBe(true);
  expect(first).toEqual({ a: 1, b: 1 });
});

import { expect, it } from 'vitest';
import { AnonymityConversion, declareConversions } from '../../../../src/privacy/index.js';
import { openDoor } from '../support.js';

type Constructor = new () => { note: string };

/** A class as they were written before there was `class`: its prototype does not name it. */
const OldClass = (() => {}) as unknown as Constructor;
const oldPrototype = { greet() {} };
Object.defineProperty(OldClass, 'prototype', { value: oldPrototype });
declareConversions(OldClass, { note: AnonymityConversion.FORBIDDEN });

const instanceOf = (prototype: object) =>
  Object.assign(Object.create(prototype) as object, { note: 'hunter2' });

it.each<[string, object]>([
  ['whose prototype names no constructor', instanceOf(oldPrototype)],
  ['that inherits by Object.create', instanceOf(Object.create(oldPrototype) as object)],
  ['made from another object', instanceOf(instanceOf(oldPrototype))],
])('the rules of a class hold for an object %s', (_what, object) => {
  const { untyped } = openDoor();
  expect(untyped(object)).toEqual({});
  expect(untyped({ inside: object })).toEqual({ inside: {} });
});

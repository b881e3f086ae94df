import { describe, expect, it } from 'vitest';
import { callHost, describeThrown } from '../../../src/internal/call-host.js';

const fail = (): never => {
  throw new Error('of the host');
};

describe('callHost', () => {
  it('gives back what the method returns and throws what it throws', () => {
    expect(callHost(() => 42)).toBe(42);
    expect(() => callHost(fail)).toThrow('of the host');
  });

  it('takes no promise, and keeps its rejection from everybody', () => {
    expect(() => callHost(async () => fail())).toThrow(TypeError);
  });
});

describe('describeThrown', () => {
  it.each([
    ['an error', new RangeError('too much'), 'RangeError: too much'],
    ['a string, without its text', 'a secret', 'thrown: string'],
    ['nothing', undefined, 'thrown: undefined'],
    ['null', null, 'thrown: null'],
    [
      'an error that throws when it is read',
      Object.defineProperty(new Error(), 'message', { get: fail }),
      'thrown: an object that cannot be read',
    ],
    [
      'a proxy that throws at everything',
      new Proxy({}, { get: fail, getPrototypeOf: fail }),
      'thrown: an object that cannot be read',
    ],
  ])('says in one line what was thrown: %s', (_, thrown, line) => {
    expect(describeThrown(thrown)).toBe(line);
  });
});

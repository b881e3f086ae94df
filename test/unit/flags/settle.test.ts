import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FlagAssignment, RemoteFlag } from '../../../src/flags/index.js';
import { settle } from '../../../src/flags/settle.js';

type Held = FlagAssignment | undefined;
type Remote = RemoteFlag | undefined;

const flag = <Value>(value: Value, version: number | undefined = 1) => ({ value, version });
const mapOf = <Value>(value: Value | undefined) => new Map(value === undefined ? [] : [['key', value]]);

it.each<[string, Held, Remote, Held]>([
  ['a new flag is assigned', undefined, flag('test'), flag('test')],
  ['being outside a new flag’s rollout is assigned', undefined, flag(false), flag(false)],
  ['a new flag of unknown value is not assigned', undefined, flag(undefined), undefined],
  ['a variant stays when the server says another', flag('test'), flag('control', 2), flag('test')],
  ['a variant stays when the server says off', flag('test'), flag(false, 2), flag('test')],
  ['on stays when the server says off', flag(true), flag(false, 2), flag(true)],
  ['on stays when the server does not know', flag(true), flag(undefined, 2), flag(true)],
  ['off stays while the version is the same', flag(false), flag('test'), flag(false)],
  ['off is decided anew when the version changes', flag(false), flag('test', 2), flag('test', 2)],
  ['off again has the new version', flag(false), flag(false, 2), flag(false, 2)],
  [
    'off is decided anew when a version appears',
    { value: false, version: undefined },
    flag(true),
    flag(true),
  ],
  [
    'off stays where versions are never told',
    { value: false, version: undefined },
    { value: true, version: undefined },
    { value: false, version: undefined },
  ],
  ['off stays when the server does not know', flag(false), flag(undefined, 2), flag(false)],
  ['a variant is dropped when the flag is gone', flag('test'), undefined, undefined],
  ['off is dropped when the flag is gone', flag(false), undefined, undefined],
])('%s', (_, held, remote, expected) => {
  expect(settle(mapOf(held), mapOf(remote)).get('key')).toEqual(expected);
});

describe('whatever is held and answered', () => {
  const key = fc.constantFrom('a', 'b', 'c', 'd');
  const version = fc.constantFrom(undefined, 1, 2);
  const value = fc.constantFrom<(string | boolean)[]>('control', 'test', true, false);
  const entries = <Value>(of: fc.Arbitrary<Value>) =>
    fc.array(fc.tuple(key, of), { maxLength: 6 }).map((list) => new Map(list));
  const assignments = entries(fc.record({ value, version }));
  const answers = entries(fc.record({ value: fc.option(value, { nil: undefined }), version }));
  const check = (property: (held: Map<string, FlagAssignment>, remote: Map<string, RemoteFlag>) => void) =>
    fc.assert(fc.property(assignments, answers, property));

  it('hearing the same answer twice changes nothing', () => {
    check((held, remote) => {
      const once = settle(held, remote);
      expect(settle(once, remote)).toEqual(once);
    });
  });

  it('who has a flag keeps its value, as long as the flag is there', () => {
    check((held, remote) => {
      const settled = settle(held, remote);
      for (const [key, { value }] of held) {
        if (value !== false && remote.has(key)) expect(settled.get(key)?.value).toBe(value);
      }
    });
  });

  it('nothing is assigned that the answer lacks', () => {
    check((held, remote) => {
      for (const key of settle(held, remote).keys()) expect(remote.has(key)).toBe(true);
    });
  });

  it('every value was held or answered', () => {
    check((held, remote) => {
      for (const [key, assignment] of settle(held, remote)) {
        expect([held.get(key), remote.get(key)]).toContainEqual(assignment);
      }
    });
  });

  it('neither is modified', () => {
    check((held, remote) => {
      const before = structuredClone([held, remote]);
      settle(held, remote);
      expect([held, remote]).toEqual(before);
    });
  });
});

import { describe, expect, it } from 'vitest';
import { createSanitizer, NOTHING_HELD } from '../../../../src/privacy/index.js';

const SECRET = 'password=hunter2 ada@example.com';

function reduce(payload: object) {
  const dropped: string[] = [];
  const sanitizer = createSanitizer({
    app: 'acme',
    now: () => 0,
    heldBack: () => NOTHING_HELD,
    hashes: { installation: () => undefined, session: () => undefined },
    toolsOverPrivacy: () => false,
    countDrop: (reason) => void dropped.push(reason),
    reportMissingField: () => {},
  });
  return { properties: sanitizer.properties(payload), dropped };
}

describe('a payload that nobody declared', () => {
  it.each<[string, object]>([
    ['a Buffer', Buffer.from(SECRET)],
    ['bytes', new TextEncoder().encode(SECRET)],
    ['numbers of a typed array', new Float64Array([48.2, 11.5])],
    ['a view of bytes', new DataView(new TextEncoder().encode(SECRET).buffer)],
    ['a boxed string', new String(SECRET)],
    ['a set', new Set([SECRET])],
    ['a date', new Date(0)],
    ['headers', new Headers({ authorization: SECRET })],
  ])('is dropped as a whole when it is %s', (_, payload) => {
    expect(reduce(payload)).toEqual({ properties: {}, dropped: ['value_unsupported'] });
  });

  it('may be a list, of which the first hundred count, however long it is', () => {
    const { properties, dropped } = reduce(Array.from({ length: 2_000_000 }, () => 7));
    expect(properties).toMatchObject({ 0: 7, 99: 7 });
    expect(properties).not.toHaveProperty('100');
    expect(dropped).toEqual(['value_truncated']);
  });

  it('may be an object of a class of the host', () => {
    class Point {
      x = 3;
      label = SECRET;
    }
    expect(reduce(new Point()).properties).toEqual({ x: 3, label: SECRET.length });
  });
});

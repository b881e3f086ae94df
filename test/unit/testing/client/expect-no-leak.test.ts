import { createHash } from 'node:crypto';
import { defineEvent, oneOf, plain } from 'sotto';
import { createTestTelemetry, expectNoLeak, LeakError } from 'sotto/testing';
import { describe, expect, it } from 'vitest';
import { search } from './support.js';

const SECRET = 'ada-lovelace-1815';
// A user's name among the labels: what a maker may do by mistake.
const Leaky = defineEvent('leaky', { host: plain(oneOf('other', SECRET)) });

const leaksOf = (source: object): LeakError['leaks'] => {
  try {
    expectNoLeak(source, { user: SECRET });
  } catch (error) {
    if (error instanceof LeakError) return error.leaks;
    throw error;
  }
  return [];
};

describe('expectNoLeak', () => {
  it('passes where the rules of a class let nothing of it leave, with every consent', () => {
    expect(leaksOf(search(`where is ${SECRET}@example.com`))).toEqual([]);
  });

  it('finds what a class lets pass, and says where', () => {
    expect(leaksOf(Leaky.create({ host: SECRET }))).toEqual([
      { secret: 'secret user', form: 'plain', path: 'leaky: properties.host' },
    ]);
  });

  it('looks at what a whole test has captured', () => {
    const test = createTestTelemetry();
    test.telemetry.capture(search());
    expect(leaksOf(test)).toEqual([]);
    test.telemetry.capture(Leaky.create({ host: SECRET }));
    expect(leaksOf(test)).toHaveLength(1);
    expect(leaksOf(test.events)).toHaveLength(1);
  });

  const digest = createHash('sha256').update(SECRET).digest('hex');
  it.each([
    ['in other letters', SECRET.toUpperCase()],
    ['inside of a longer text', `x/${SECRET}/y`],
    ['in base64', Buffer.from(SECRET).toString('base64')],
    ['in hex', Buffer.from(SECRET).toString('hex')],
    ['as a hash', digest],
    ['as a shortened hash', digest.slice(0, 16)],
  ])('finds it %s', (_, text) => {
    expect(leaksOf({ event: 'made', properties: { deep: [{ text }] } })).toEqual([
      expect.objectContaining({ path: 'made: properties.deep.0.text' }),
    ]);
  });

  it('finds it in a name, and does not tell it by the path', () => {
    const leaks = leaksOf({ properties: { [SECRET]: { count: 1 } } });
    expect(leaks).toHaveLength(1);
    expect(JSON.stringify(leaks)).not.toContain(SECRET);
    expect(JSON.stringify(leaksOf({ event: SECRET }))).toMatch(/^(?!.*ada-).*"event: event"/);
  });

  it('names the secret and never tells it', () => {
    const message = expect.stringMatching(/secret 0 stands in leaky: properties\.host \(plain\)/);
    const check = () => expectNoLeak(Leaky.create({ host: SECRET }), [SECRET]);
    expect(check).toThrow(expect.objectContaining({ code: 'SECRET_LEAKED', message }));
    expect(check).not.toThrow(SECRET);
  });

  it.each([
    ['no secret', search(), {}],
    ['a secret that is too short to be looked for', search(), { user: 'ada' }],
    ['no event', createTestTelemetry(), { user: SECRET }],
  ])('refuses %s', (_, source, secrets) => {
    expect(() => expectNoLeak(source, secrets as Record<string, string>)).toThrow(
      expect.objectContaining({ code: 'OPTION_INVALID' }),
    );
  });
});

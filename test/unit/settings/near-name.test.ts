import fc from 'fast-check';
import { expect, it } from 'vitest';
import { findNearName } from '../../../src/settings/near-name.js';

const KNOWN = ['app', 'version', 'posthog.key', 'posthog.host', 'delivery.batchSize', 'flags.timeoutMs'];

it.each([
  ['version', 'version'],
  ['vresion', 'version'],
  ['Version', 'version'],
  ['versions', 'version'],
  ['host', 'posthog.host'],
  ['posthog.hosts', 'posthog.host'],
  ['BATCH_SIZE', 'delivery.batchSize'],
  ['batch-size', 'delivery.batchSize'],
  ['timeout', 'flags.timeoutMs'],
  ['', undefined],
  ['x', undefined],
  ['endpoint', undefined],
  ['headers', undefined],
])('for %j finds %j', (name, expected) => {
  expect(findNearName(name, KNOWN)).toBe(expected);
});

it('forgives one slip in any name of three characters or more', () => {
  const slip = fc.constantFrom(...KNOWN).chain((name) =>
    fc.nat(name.length - name.lastIndexOf('.') - 2).map((back) => {
      const at = name.length - 1 - back;
      return { name, slipped: `${name.slice(0, at)}q${name.slice(at + 1)}` };
    }),
  );
  fc.assert(
    fc.property(slip, ({ name, slipped }) => {
      expect(findNearName(slipped, KNOWN)).toBe(name);
    }),
  );
});

it('answers for any text', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 5_000 }), (name) => {
      expect([undefined, ...KNOWN]).toContain(findNearName(name, KNOWN));
    }),
  );
});

it('does not compare a name of a million characters with every other', () => {
  const start = performance.now();
  expect(findNearName('x'.repeat(1_000_000), KNOWN)).toBeUndefined();
  expect(performance.now() - start).toBeLessThan(1_000);
});

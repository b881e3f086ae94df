import { createRequire } from 'node:module';
import { expect, it } from 'vitest';
import { OTLP_PEER } from '../../../src/internal/index.js';
import { otlp } from '../../../src/otlp/index.js';
import { isPeerMissing } from '../../../src/otlp/peer.js';

const OWN = 'sotto/package.json';

it.each([
  ['both are installed', [OTLP_PEER, OWN], false],
  ['only this package is', [OWN], true],
  ['neither is found, as in a bundle', [], false],
])('the peer is missing where it is: %s', (_, installed, expected) => {
  const resolve = (name: string) => {
    if (!installed.includes(name)) throw new Error(`Cannot find module '${name}'`);
    return `/node_modules/${name}`;
  };
  expect(isPeerMissing(resolve)).toBe(expected);
});

it('is looked for under names that are there', () => {
  const { resolve } = createRequire(import.meta.url);
  expect([OTLP_PEER, OWN].map((name) => typeof resolve(name))).toEqual(['string', 'string']);
});

it('gives back what it was given, as plain data', () => {
  const options = { endpoint: 'http://localhost:4318', headers: { authorization: 'Bearer abc' } };
  expect(otlp(options)).toEqual(options);
  expect(otlp(options)).not.toBe(options);
});

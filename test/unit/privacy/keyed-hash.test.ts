import { createHash } from 'node:crypto';
import { blake3 } from '@noble/hashes/blake3.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { describe, expect, it } from 'vitest';
import { createKeyedHash } from '../../../src/privacy/index.js';
import { nestedRecord, secretOf, timed } from './support.js';

const hash = createKeyedHash(secretOf(1));

describe('a keyed hash', () => {
  it('is a string that names its algorithm', () => {
    expect(hash('git@example.org:acme/tool.git', 'repository')).toMatch(/^blake3:[0-9a-f]{32}$/);
  });

  it('is the same for equal values, in another instance with the same secret too', () => {
    const again = createKeyedHash(secretOf(1));
    expect(again({ b: 2, a: 1 }, 'x')).toBe(hash({ a: 1, b: 2 }, 'x'));
    expect(again('acme', 'x')).toBe(hash('acme', 'x'));
  });

  it('differs between two secrets', () => {
    expect(createKeyedHash(secretOf(2))('acme', 'x')).not.toBe(hash('acme', 'x'));
  });

  it('differs between two identities, so that equal names of different things cannot be joined', () => {
    expect(hash('acme', 'user')).not.toBe(hash('acme', 'repository'));
  });

  it('tells 0 from "0"', () => {
    expect(hash(0, 'x')).not.toBe(hash('0', 'x'));
  });

  it.each([
    ['sha256 of the value', (value: string) => createHash('sha256').update(value).digest('hex')],
    ['blake3 of the value', (value: string) => bytesToHex(blake3(utf8ToBytes(value)))],
    ['blake3 of the value, keyed but not separated', (value: string) => bytesToHex(blake3(utf8ToBytes(value), { key: secretOf(1) }))],
  ])('is not %s', (_what, plainHash) => {
    const digits = hash('acme', 'x').slice('blake3:'.length);
    expect(plainHash('acme')).not.toContain(digits);
    expect(digits).not.toBe(plainHash('acme').slice(0, 32));
  }); // biome-ignore format: one table

  it('gives the same results with a cold, a warm and an overflowing cache', () => {
    const fresh = (value: string, identity: string) => createKeyedHash(secretOf(1))(value, identity);
    const cached = createKeyedHash(secretOf(1));
    const probes = Array.from(
      { length: 1_500 },
      (_, index) => [`value ${index}`, `kind ${index % 90}`] as const,
    );
    for (const [value, identity] of probes) cached(value, identity);
    for (const [value, identity] of [...probes.slice(0, 20), ...probes.slice(-20)]) {
      expect(cached(value, identity)).toBe(fresh(value, identity));
      expect(cached(value, identity)).toBe(fresh(value, identity));
    }
  });

  it('needs a secret of 32 bytes', () => {
    expect(() => createKeyedHash(new Uint8Array(16))('acme', 'x')).toThrow();
  });

  it.each<[string, () => unknown]>([
    ['NaN', () => Number.NaN],
    ['a bigint', () => 10n ** 30n],
    ['a date', () => new Date(0)],
    ['an invalid date', () => new Date(Number.NaN)],
    ['a map', () => new Map([['a', { b: 1 }]])],
    ['a function', () => () => 1],
    ['a symbol', () => Symbol('s')],
    ['a circle', () => { const circle: unknown[] = []; circle.push(circle); return circle; }],
    ['ten thousand levels', () => nestedRecord(10_000)],
    ['ten megabytes', () => 'x'.repeat(1e7)],
  ])('takes %s in bounded time', (_what, make) => {
    const value = make();
    const { result, elapsedMs } = timed(() => hash(value, 'x'));
    expect(result).toMatch(/^blake3:[0-9a-f]{32}$/);
    expect(result).not.toBe(hash('[object Object]', 'x'));
    expect(elapsedMs).toBeLessThan(500);
  }); // biome-ignore format: one table
});

import { createHash, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Canary,
  createCanaries,
  createSearch,
  listCanaries,
} from '../../../../src/testing/canary/index.js';

const canaries = listCanaries(createCanaries());
const search = createSearch(canaries);
const hash = (algorithm: string, text: string) => createHash(algorithm).update(text).digest();
const base64In = (before: string, text: string, after: string) =>
  Buffer.from(`${before}${text}${after}`).toString('base64');
/** Nothing that a hash in hex could go on with. */
const SEPARATOR = '"';

/** What careless programs do to a value, and how it is told. Each gives text in which it stands. */
const CARELESS: readonly (readonly [string, (value: string) => string | Buffer, RegExp])[] = [
  ['as it is', (value) => value, /^plain$/],
  ['in capitals', (value) => value.toUpperCase(), /^plain$/],
  ['in JSON', (value) => JSON.stringify({ [value]: value }), /^plain$/],
  ['in a URL', (value) => encodeURIComponent(value), /^plain$|in a URL|in a form/],
  ['in a URL twice', (value) => encodeURIComponent(encodeURIComponent(value)), /^plain$|in a URL|a part/],
  ['in a form', (value) => new URLSearchParams({ value }).toString(), /^plain$|in a form|in a URL/],
  ['in hex', (value) => Buffer.from(value).toString('hex'), /^in hex$/],
  ['in capital hex', (value) => Buffer.from(value).toString('hex').toUpperCase(), /^in hex$/],
  ['in base64', (value) => base64In('', value, ''), /in base64/],
  ['in base64, behind one byte', (value) => base64In('{', value, '}'), /in base64/],
  ['in base64, behind two', (value) => base64In('{"', value, '"}'), /in base64/],
  ['in base64url', (value) => Buffer.from(value).toString('base64url'), /in base64/],
  ['backwards', (value) => [...value].reverse().join(''), /backwards/],
  ['in UTF-16', (value) => Buffer.from(value, 'utf16le'), /UTF-16/],
  ...['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512', 'sha3-256'].flatMap((algorithm) => {
    const of = (value: string) => hash(algorithm, value);
    return [
      [`${algorithm} in hex`, (value) => of(value).toString('hex'), new RegExp(`${algorithm} in hex`)],
      [
        `${algorithm} in base64`,
        (value) => of(value).toString('base64'),
        new RegExp(`${algorithm} in base64`),
      ],
      [`${algorithm} in bytes`, of, new RegExp(`${algorithm} in bytes`)],
      [
        `${algorithm}, 12 digits of it`,
        (value) => `abc${of(value).toString('hex').slice(0, 12)}def`,
        new RegExp(`${algorithm} in hex`),
      ],
      [
        `${algorithm}, 8 digits of it`,
        (value) => of(value).toString('hex').slice(0, 8),
        new RegExp(`${algorithm} in hex`),
      ],
      [
        `${algorithm}, 9 digits of it`,
        (value) => of(value).toString('hex').slice(0, 9),
        new RegExp(`${algorithm} in hex`),
      ],
      [
        `${algorithm}, the last 12`,
        (value) => of(value).toString('hex').slice(-12),
        new RegExp(`${algorithm} in hex`),
      ],
      [
        `${algorithm} in lower case`,
        (value) => of(value.toLowerCase()).toString('hex'),
        new RegExp(`${algorithm} in hex`),
      ],
      [
        `${algorithm} of a line`,
        (value) => of(`${value}\n`).toString('hex'),
        new RegExp(`${algorithm} in hex`),
      ],
    ] as const satisfies readonly (readonly [string, (value: string) => string | Buffer, RegExp])[];
  }),
];

describe('a canary', () => {
  it('is nobody else’s: no two runs have one in common', () => {
    const others = listCanaries(createCanaries()).map(({ value }) => value);

    expect(canaries.map(({ value }) => value).filter((value) => others.includes(value))).toEqual([]);
    expect(canaries.flatMap(({ unique = [] }) => unique).every((text) => text.length >= 12)).toBe(true);
  });

  it.each(CARELESS)('is found %s, anywhere in any bytes', (_, careless, form) => {
    fc.assert(
      fc.property(
        fc.constantFrom(...canaries),
        fc.uint8Array({ maxLength: 60 }),
        fc.uint8Array({ maxLength: 60 }),
        (canary, before, after) => {
          const planted = Buffer.concat([
            before,
            Buffer.from(SEPARATOR),
            Buffer.from(careless(canary.value)),
            Buffer.from(SEPARATOR),
            after,
          ]);
          const found = search(planted).filter(({ name }) => name === canary.name);
          expect(found.map((one) => one.form)).toContainEqual(expect.stringMatching(form));
        },
      ),
      { numRuns: 25 },
    );
  });

  it('is found by its beginning and its end, also encoded', () => {
    const shortenings: readonly ((text: string) => string)[] = [
      (text) => text.slice(0, 8),
      (text) => text.slice(-8),
      (text) => text.slice(0, -3),
      (text) => Buffer.from(text.slice(0, 9)).toString('hex'),
      (text) => Buffer.from(text).toString('base64').slice(0, 12),
      (text) => Buffer.from(`ab${text}`).toString('base64').slice(0, 14),
    ];
    const parts = canaries.flatMap(({ name, unique = [] }) => unique.map((text) => ({ name, text })));
    const missed = parts.flatMap(({ name, text }) =>
      shortenings.flatMap((shorten, at) =>
        search(`x-${shorten(text)}-x`).some((found) => found.name === name) ? [] : [`${name} ${at}`],
      ),
    );

    expect(missed).toEqual([]);
  });

  it('is not found in what is random or ordinary', () => {
    const hex = randomBytes(1_500_000).toString('hex');
    const base64 = randomBytes(2_000_000).toString('base64');
    const ordinary = JSON.stringify(
      Array.from({ length: 20_000 }, (_, at) => ({
        event: 'report_made',
        uuid: crypto.randomUUID(),
        at,
        ms: at * 17,
      })),
    );
    const bytes = Buffer.concat([
      randomBytes(3_000_000),
      Buffer.from(hex),
      Buffer.from(base64),
      Buffer.from(ordinary),
    ]);
    expect(bytes.length).toBeGreaterThan(10_000_000);

    expect(search(bytes)).toEqual([]);
  });

  it('does not take the digits of another hash for its own', () => {
    const { value } = canaries[0] as Canary;
    const eight = hash('sha256', value).toString('hex').slice(0, 8);

    expect(search(`"${eight}"`)).not.toEqual([]);
    expect(search(`"${eight}f0f0"`)).toEqual([]);
    expect(search(`"f0${eight}"`)).toEqual([]);
  });

  it('says where it stands, and each form once', () => {
    const { name, value } = canaries[0] as Canary;
    const found = search(`....${value} ${value}`).filter(({ form }) => form === 'plain');

    expect(found).toEqual([{ name, form: 'plain', at: 4 }]);
  });
});

describe('an ordinary value', () => {
  const secrets: readonly Canary[] = [{ name: 'path', value: 'C:\\Users\\Ada "the" Lovelace' }];
  const find = createSearch(secrets);

  it.each([
    ['plain', 'at C:\\users\\ada "the" lovelace now'],
    ['in JSON', JSON.stringify({ at: secrets[0]?.value })],
    ['in JSON, twice', JSON.stringify(JSON.stringify({ at: secrets[0]?.value }))],
    ['in a URL', encodeURIComponent(secrets[0]?.value ?? '')],
    ['in a form', new URLSearchParams({ at: secrets[0]?.value ?? '' }).toString()],
  ])('is found %s', (form, text) => {
    expect(find(text).map((found) => found.form)).toContain(form);
  });

  it('is not found by a part of it, which may be anything', () => {
    expect(find('C:\\Users\\Ada')).toEqual([]);
  });
});

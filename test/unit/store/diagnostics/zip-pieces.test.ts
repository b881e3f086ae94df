import fc from 'fast-check';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { zipPieces } from '../../../../src/store/index.js';
import { files } from './support.js';

const zipOf = (texts: readonly Iterable<string>[]) =>
  new Uint8Array(Buffer.concat([...zipPieces(files(texts))]));

describe('a zip in pieces', () => {
  it('holds every text as it was, however it came in pieces', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.string({ unit: 'grapheme' })), { minLength: 3, maxLength: 3 }),
        (texts) => {
          const unpacked = Object.values(unzipSync(zipOf(texts))).map((bytes) => strFromU8(bytes));
          expect(unpacked).toEqual(texts.map((pieces) => pieces.join('')));
        },
      ),
    );
  });

  it('is decided by its content alone: no time, no time zone, no name of the machine', () => {
    const zone = process.env.TZ;
    try {
      const zips = ['UTC', 'Pacific/Auckland'].map((name) => {
        process.env.TZ = name;
        return Buffer.from(zipOf([['{}'], ['{"a":1}'], ['[]']])).toString('hex');
      });
      expect(zips[0]).toBe(zips[1]);
    } finally {
      if (zone === undefined) delete process.env.TZ;
      else process.env.TZ = zone;
    }
  });

  it('asks for a piece only when the one before has been taken in', () => {
    let asked = 0;
    function* pieces() {
      for (; asked < 1_000; asked += 1) yield `${asked} ${Math.random()}`.repeat(1_000);
    }
    const zip = zipPieces(files([pieces()]));
    zip.next();
    zip.next();
    expect(asked).toBeLessThan(100);
  });

  it('says after each file how far it is', () => {
    const told: string[] = [];
    for (const _ of zipPieces(files(), (done, total) => told.push(`${done} of ${total}`)));
    expect(told).toEqual(['1 of 3', '2 of 3', '3 of 3']);
  });
});

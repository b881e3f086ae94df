import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isCutOff } from '../../../../src/store/proof/is-cut-off.js';
import { createDirectory } from '../../../support/directories.js';
import { formatRecord, STARTED_MS, toWire } from '../ledger/support.js';
import { eventOf, flip, plantLedger } from './support.js';

const bytesOf = (line: string) => Buffer.from(line);

it('every beginning of a line is one that was cut off, also within a character', async () => {
  const lines = readFileSync(await plantLedger(createDirectory()), 'utf8')
    .trimEnd()
    .split('\n');
  for (const line of lines)
    for (let length = 1; length < bytesOf(line).length; length += 1)
      expect([length, isCutOff(bytesOf(line).subarray(0, length))]).toEqual([length, true]);
});

it('so is every beginning of a line with any properties', () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.string(), fc.jsonValue()),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (p, at) => {
        const line = bytesOf(formatRecord(STARTED_MS, toWire(eventOf(1, p))).trimEnd());
        const length = Math.min(line.length - 1, 1 + Math.floor(at * line.length));
        expect(isCutOff(line.subarray(0, length))).toBe(true);
      },
    ),
  );
});

it('no whole line is, and none in which a bit is another', async () => {
  const lines = readFileSync(await plantLedger(createDirectory()), 'utf8')
    .trimEnd()
    .split('\n');
  for (const line of lines) expect(isCutOff(bytesOf(line))).toBe(false);
  fc.assert(
    fc.property(fc.constantFrom(...lines), fc.nat(), (line, bit) => {
      expect(isCutOff(flip(bytesOf(line), bit % (bytesOf(line).length * 8)))).toBe(false);
    }),
    { numRuns: 500 },
  );
});

it.each(['', 'x', '[', '{"a":1', '{"sent_at":1', '{"sent_at":"2026","uuids":["a"}'])('%j is none', (text) => {
  // Nothing at all is an empty line.
  expect(isCutOff(bytesOf(text))).toBe(false);
});

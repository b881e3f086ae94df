import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseLine } from '../../../../src/store/ledger/lines.js';
import {
  buildEvent,
  formatEnd,
  formatFlagsRequest,
  formatHeader,
  formatRecord,
  STARTED_MS,
  toWire,
} from './support.js';

const PROPERTIES = fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue({ stringUnit: 'binary' }));

it('keeps the properties as the bytes that leave, on one line, and reads them back', () => {
  fc.assert(
    fc.property(PROPERTIES, (properties) => {
      const record = toWire(buildEvent('a', properties));
      const line = formatRecord(STARTED_MS, record);
      const leaves = JSON.stringify(record.properties);
      expect(line).toContain(`"properties":${leaves},"hash":"`);
      expect(line.indexOf('\n')).toBe(line.length - 1);
      const parsed = parseLine(line.trimEnd());
      expect(parsed?.kind === 'record' && JSON.stringify(parsed.record.properties)).toBe(leaves);
    }),
  );
});

it('writes what the format says, in its order, and a hash at the end', () => {
  const hash = /,"hash":"[0-9a-f]{64}"\}\n$/;
  const cases: [string, string][] = [
    [
      formatHeader('s', STARTED_MS),
      '{"session_id":"s","metadata":{"created_at":"2026-11-21T08:30:00.000Z","version":"1.0.0","app_version":null}',
    ],
    [
      formatRecord(STARTED_MS + 1, toWire(buildEvent('u', { n: 1 }, 'd'))),
      '{"recorded_at":"2026-11-21T08:30:00.001Z","uuid":"u","event":"search","distinct_id":"d",' +
        '"timestamp":"2026-11-21T08:30:00.000Z","properties":{"n":1}',
    ],
    [formatEnd(STARTED_MS, 'sent', ['a', 'b']), '{"sent_at":"2026-11-21T08:30:00.000Z","uuids":["a","b"]'],
    [
      formatEnd(STARTED_MS, 'expired', ['a']),
      '{"dropped_at":"2026-11-21T08:30:00.000Z","reason":"expired","uuids":["a"]',
    ],
    [formatFlagsRequest(STARTED_MS, 'd'), '{"flags_asked_at":"2026-11-21T08:30:00.000Z","distinct_id":"d"'],
  ];
  for (const [line, text] of cases) {
    expect(line).toMatch(hash);
    expect(line.replace(hash, '')).toBe(text);
  }
});

it('reads no line that was cut anywhere', () => {
  const line = formatRecord(
    STARTED_MS,
    toWire(buildEvent('a', { text: '{"sent_at":"","uuids":[]}' })),
  ).trimEnd();
  for (let length = 0; length < line.length; length += 1) {
    expect(parseLine(line.slice(0, length))).toBeUndefined();
    expect(parseLine(line.slice(length + 1))).toBeUndefined();
  }
});

it.each([
  'null',
  '[]',
  '{}',
  '7',
  '"text"',
  '{"session_id":"s"}',
  '{"session_id":"s","metadata":{"created_at":1,"version":"1.0.0","app_version":null}}',
  '{"sent_at":"2026","uuids":[1]}',
  '{"dropped_at":"2026","reason":null,"uuids":["a"]}',
  '{"dropped_at":"2026","reason":"expired","uuids":"a"}',
  '{"flags_asked_at":"2026","distinct_id":null}',
  '{"recorded_at":"2026","uuid":"u","event":"e","distinct_id":"d","timestamp":"2026","properties":[]}',
])('reads nothing from %s', (line) => {
  expect(parseLine(line)).toBeUndefined();
});

import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  compareLedgerFileNames,
  formatLedgerFileName,
  parseLedgerFileName,
} from '../../../../src/store/ledger/file-name.js';

const STARTED_MS = Date.UTC(2026, 10, 21, 8, 30, 5);
const SESSION = '1b4e28ba-2fa1-4d3e-9c1a-0123456789ab';

it('says when the session began, in UTC, and which one it is', () => {
  expect(formatLedgerFileName(STARTED_MS, SESSION, 1)).toBe('telemetry_20261121_083005_1b4e28ba.ndjson');
  expect(formatLedgerFileName(STARTED_MS, SESSION, 12)).toBe('telemetry_20261121_083005_1b4e28ba.12.ndjson');
});

it('is read back as it was written', () => {
  const times = fc.integer({ min: 0, max: Date.UTC(2999, 0) });
  fc.assert(
    fc.property(times, fc.uuid(), fc.integer({ min: 1, max: 999_999 }), (startedAtMs, session, part) => {
      const parsed = parseLedgerFileName(formatLedgerFileName(startedAtMs, session, part));
      expect(parsed).toMatchObject({ session: session.slice(0, 8), part });
    }),
  );
});

it.each([
  'telemetry_20261121_083005_1b4e28ba.json',
  'telemetry_20261121_083005_1b4e28ba.ndjson.bak',
  'telemetry_20261121_083005_1b4e28ba.0.ndjson',
  'telemetry_20261121_083005_.ndjson',
  'telemetry_20261121_083005_../../x.ndjson',
  'telemetry_today_1b4e28ba.ndjson',
  'my-telemetry_20261121_083005_1b4e28ba.ndjson',
  'telemetry.ndjson',
  '',
])('is not %j', (name) => {
  expect(parseLedgerFileName(name)).toBeUndefined();
});

it('puts sessions in the order of time, and the tenth part after the second', () => {
  const inOrder = [
    'telemetry_20261120_235959_ffffffff.ndjson',
    'telemetry_20261121_083005_1b4e28ba.ndjson',
    'telemetry_20261121_083005_1b4e28ba.2.ndjson',
    'telemetry_20261121_083005_1b4e28ba.10.ndjson',
    'telemetry_20261121_083005_2b4e28ba.ndjson',
  ];
  const parse = (name: string) => parseLedgerFileName(name) ?? expect.fail(name);
  const sorted = inOrder.toReversed().sort((a, b) => compareLedgerFileNames(parse(a), parse(b)));
  expect(sorted).toEqual(inOrder);
});

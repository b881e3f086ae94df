import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readWaiting } from '../../../../src/store/index.js';
import { countWaiting } from '../../../../src/store/ledger/count-waiting.js';
import { createDirectory } from '../../../support/directories.js';
import { endLine, OTHER_FILE, plantLedgerFile, recordLine } from '../spool/support.js';

const LINE = fc.oneof(
  fc.nat(9).map((n) => recordLine(n)),
  fc
    .tuple(fc.constantFrom('sent' as const, 'expired' as const), fc.uniqueArray(fc.nat(9), { minLength: 1 }))
    .map(([outcome, ns]) => endLine(outcome, ...ns)),
  fc.constantFrom('{"recorded_at":"2026-11-21T08:30\n', '{"sent_at":1}\n', '\n', 'é\n'),
);

describe('what waits in a file, counted without reading its events', () => {
  it('is as many as would be sent', () => {
    const directory = createDirectory();
    fc.assert(
      fc.property(fc.array(LINE), fc.boolean(), (lines, isTorn) => {
        const text = lines.join('') + (isTorn ? recordLine(1).slice(0, -20) : '');
        const path = plantLedgerFile(directory, OTHER_FILE, text);
        expect(countWaiting(path)).toBe(readWaiting(directory, OTHER_FILE)?.events.length);
      }),
    );
  });

  it('is nothing where there is no file, or none that can be read', () => {
    const directory = createDirectory();
    expect(countWaiting(join(directory, 'none'))).toBe(0);
    expect(countWaiting(directory)).toBe(0);
    writeFileSync(join(directory, 'empty'), '');
    expect(countWaiting(join(directory, 'empty'))).toBe(0);
  });
});

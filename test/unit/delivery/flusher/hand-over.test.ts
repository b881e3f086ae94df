import { describe, expect, it } from 'vitest';
import { isAnythingDue } from '../../../../src/delivery/flusher/hand-over.js';
import { createDeliveryState, NO_TROUBLE } from '../../../../src/store/index.js';
import { createDirectory } from '../../../support/directories.js';
import { FILE, LATER_FILE, NOTE, plantLedgerFile, plantReleased } from '../../store/spool/support.js';

const RESTS = { waitMs: 60_000 };
const OTHER_HOST = 'https://other.example';

function plant(directory: string, fileName: string, host = NOTE.host): void {
  plantLedgerFile(directory, fileName);
  plantReleased(directory, fileName, { ...NOTE, host });
}

const keepRest = (directory: string, host: string) =>
  createDeliveryState(directory, host).write({
    ...NO_TROUBLE,
    failures: 1,
    notBeforeMs: Date.now() + RESTS.waitMs,
  });

describe('at the end of a program, a flusher', () => {
  it('is of use when something waits', () => {
    const directory = createDirectory();
    expect(isAnythingDue(directory, { waitMs: 0 })).toBe(false);
    plant(directory, FILE);
    expect(isAnythingDue(directory, { waitMs: 0 })).toBe(true);
  });

  it('is of use while a server is left alone only when something is for another one', () => {
    const directory = createDirectory();
    plant(directory, FILE);
    keepRest(directory, NOTE.host);
    expect(isAnythingDue(directory, RESTS)).toBe(false);
    plant(directory, LATER_FILE, OTHER_HOST);
    expect(isAnythingDue(directory, RESTS)).toBe(true);
    keepRest(directory, OTHER_HOST);
    expect(isAnythingDue(directory, RESTS)).toBe(false);
  });

  it('is not looked for in hundreds of notes', () => {
    const directory = createDirectory();
    for (let n = 10; n < 60; n += 1) plant(directory, `telemetry_20261101_0830${n}_1b4e28ba.ndjson`);
    plant(directory, FILE, OTHER_HOST);
    keepRest(directory, NOTE.host);
    expect(isAnythingDue(directory, RESTS)).toBe(false);
  });
});

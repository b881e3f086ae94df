import { chmodSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import {
  createDeliveryState,
  eraseInstallation,
  eraseSpool,
  takeLease,
} from '../../../../src/store/index.js';
import { createDirectory, withoutSpecialRights } from '../../../support/directories.js';
import { FILE, LATER_FILE, notesOf, plantLedgerFile, plantReleased, spoolNames } from './support.js';

function plantSpool(directory: string): void {
  plantLedgerFile(directory);
  plantReleased(directory);
  notesOf(directory).hold(LATER_FILE);
  const state = createDeliveryState(directory, 'https://a.example');
  state.write({ ...state.read(), failures: 1 });
  takeLease(directory, { now: Date.now, randomToken: () => 'token' });
  for (const name of ['lease.claim', 'state.json.0123456789abcdef.tmp'])
    writeFileSync(join(directory, 'spool', name), '');
}

it.each([
  ['by itself', eraseSpool],
  ['with the installation', eraseInstallation],
])('leaves no note, no state and no lease when it is erased %s, and every event', (_, erase) => {
  const directory = createDirectory();
  plantSpool(directory);
  expect(spoolNames(directory)).toHaveLength(6);
  expect(erase(directory)).toBe(true);
  expect(readdirSync(directory, { recursive: true })).toEqual(['ledger', `ledger/${FILE}`]);
  expect(erase(directory)).toBe(true);
});

it('leaves what is somebody else’s, and the folder it is in', () => {
  const directory = createDirectory();
  plantSpool(directory);
  writeFileSync(join(directory, 'spool', 'notes.txt'), '');
  mkdirSync(join(directory, 'spool', 'lease.0123456789abcdef.tmp'));
  expect(eraseSpool(directory)).toBe(true);
  expect(spoolNames(directory)).toEqual(['lease.0123456789abcdef.tmp', 'notes.txt']);
});

it('leaves a link in the place of the folder, and what it leads to', () => {
  const [directory, elsewhere] = [createDirectory(), createDirectory()];
  writeFileSync(join(elsewhere, 'lease'), '');
  symlinkSync(elsewhere, join(directory, 'spool'));
  expect(eraseSpool(directory)).toBe(true);
  expect(readdirSync(join(directory, 'spool'))).toEqual(['lease']);
});

it('says so when something could not be removed', () => {
  const directory = createDirectory();
  plantReleased(directory);
  chmodSync(directory, 0o755);
  chmodSync(join(directory, 'spool'), 0o555);
  expect(withoutSpecialRights(() => eraseSpool(directory))).toBe(false);
  expect(withoutSpecialRights(() => eraseInstallation(directory))).toBe(false);
  expect(spoolNames(directory)).toHaveLength(1);
  chmodSync(join(directory, 'spool'), 0o000);
  expect(withoutSpecialRights(() => eraseSpool(directory))).toBe(false);
});

import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { clearData } from '../../../src/store/index.js';
import { createDirectory, withoutSpecialRights } from '../../support/directories.js';
import { FILE, notesOf, plantLedgerFile, plantReleased, spoolNames } from './spool/support.js';

function plant(directory: string, ...names: string[]): void {
  for (const name of names) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), '{}');
  }
}

const treeOf = (directory: string) => readdirSync(directory, { recursive: true, encoding: 'utf8' }).sort();

const SESSION = 'telemetry_20261121_083000_1b4e28ba.ndjson';
const CRASH = 'crash_20261121_083000_1b4e28ba.json';
const LOG = 'usage_4711_0123456789abcdef.ndjson';
const BUNDLE = 'acme-diagnostics-20261121_083000-1b4e28ba.zip';
const OTHERS = [
  'telemetry_config.json',
  'secret',
  'flags.json',
  'ledger/notes.txt',
  'ledger/telemetry_thesis.odt',
  'ledger/2024/crash_course.md',
  `ledger/2024/${SESSION}`,
  `ledger/${SESSION}.bak`,
  `ledger/${CRASH}`,
  `crashes/${SESSION}`,
  `crashes/${CRASH}.bak`,
  'crashes/crash_course.md',
  'crashes/mine/crash_test.json',
  `crashes/2026/11/${CRASH}`,
  'usage/notes.txt',
  `usage/${LOG}.bak`,
  `usage/2026/${LOG}`,
  `ledger/${LOG}`,
  'diagnostics/acme.zip',
  `diagnostics/mine/${BUNDLE}`,
];

it('removes the files of the ledger, of crashes, of counters and bundles, and leaves everything else', () => {
  const directory = createDirectory();
  plant(directory, ...OTHERS);
  plant(directory, `ledger/${SESSION}`, `crashes/${CRASH}`, `crashes/${CRASH}.0123456789abcdef.tmp`);
  plant(directory, `crashes/${CRASH}.tmp`, `crashes/mine/${CRASH}`);
  plant(directory, `usage/${LOG}`, `usage/${LOG}.broken-1`, 'usage/usage_0123456789abcdef.ndjson');
  plant(directory, 'usage/total.json', 'usage/total.json.0123456789abcdef.tmp', `diagnostics/${BUNDLE}`);
  const steps: [number, number][] = [];
  expect(clearData(directory, (done, total) => steps.push([done, total]))).toEqual({
    deletedFiles: 11,
    failed: [],
  });
  expect(steps).toEqual(Array.from({ length: 11 }, (_, at) => [at + 1, 11]));
  const left = treeOf(directory).filter((name) => statSync(join(directory, name)).isFile());
  expect(left).toEqual([...OTHERS].sort());
  expect(clearData(directory)).toEqual({ deletedFiles: 0, failed: [] });
});

it('removes their folders when nothing is left in them, and no other folder', () => {
  const directory = createDirectory();
  plant(directory, `ledger/${SESSION}`, `crashes/mine/${CRASH}`, `usage/${LOG}`, `diagnostics/${BUNDLE}`);
  expect(clearData(directory)).toEqual({ deletedFiles: 4, failed: [] });
  expect(treeOf(directory)).toEqual(['crashes', 'crashes/mine']);
});

it('leaves nothing for others to send: notes of removed files go, and the rest of the spool stays', () => {
  const directory = createDirectory();
  plantLedgerFile(directory, FILE);
  plantReleased(directory, FILE);
  notesOf(directory).hold(FILE);
  plant(directory, 'spool/state.json', 'spool/notes.txt');
  expect(clearData(directory)).toEqual({ deletedFiles: 1, failed: [] });
  expect(spoolNames(directory)).toEqual(['notes.txt', 'state.json']);
});

it('has nothing to do where there is nothing', () => {
  const directory = createDirectory();
  writeFileSync(join(directory, 'ledger'), 'somebody’s');
  for (const place of [undefined, join(directory, 'nowhere'), directory, join(directory, 'ledger')])
    expect(clearData(place)).toEqual({ deletedFiles: 0, failed: [] });
  expect(treeOf(directory)).toEqual(['ledger']);
});

it('removes links and not what they lead to', () => {
  const [directory, elsewhere] = [createDirectory(), createDirectory()];
  plant(elsewhere, SESSION, CRASH);
  mkdirSync(join(directory, 'crashes'));
  symlinkSync(elsewhere, join(directory, 'crashes', 'folder'));
  symlinkSync(join(elsewhere, CRASH), join(directory, 'crashes', CRASH));
  expect(clearData(directory)).toEqual({ deletedFiles: 1, failed: [] });
  expect(readdirSync(join(directory, 'crashes'))).toEqual(['folder']);
  expect(treeOf(elsewhere)).toEqual([CRASH, SESSION]);
  expect(readFileSync(join(elsewhere, CRASH), 'utf8')).toBe('{}');
});

it('leaves a link that stands in the place of a data folder, and what it leads to', () => {
  const [directory, elsewhere] = [createDirectory(), createDirectory()];
  plant(elsewhere, SESSION);
  symlinkSync(elsewhere, join(directory, 'ledger'));
  expect(clearData(directory)).toEqual({ deletedFiles: 0, failed: [] });
  expect(readdirSync(join(directory, 'ledger'))).toEqual([SESSION]);
});

it('clears the counters of a folder whose lock was left behind, and the lock too', () => {
  const directory = createDirectory();
  plant(directory, `usage/${LOG}`, 'usage/total.json.lock');
  expect(clearData(directory)).toEqual({ deletedFiles: 1, failed: [] });
  expect(treeOf(directory)).toEqual([]);
});

it('names what could not be removed, and removes the rest', () => {
  const directory = createDirectory();
  plant(directory, `crashes/old/${CRASH}`, `crashes/${CRASH}`, `crashes/closed/${CRASH}`);
  plant(directory, `ledger/${SESSION}`);
  for (const open of ['', 'crashes', 'ledger']) chmodSync(join(directory, open), 0o777);
  chmodSync(join(directory, 'crashes/old'), 0o555);
  chmodSync(join(directory, 'crashes/closed'), 0o000);
  const cleared = withoutSpecialRights(() => clearData(directory));
  expect(cleared).toEqual({ deletedFiles: 2, failed: [`old/${CRASH}`, 'closed/'] });
});

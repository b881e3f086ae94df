import { lstatSync, readdirSync } from 'node:fs';
import { compareLedgerFileNames, type LedgerFileName, parseLedgerFileName } from './file-name.js';

/**
 * The names of the ledger's files, oldest first; the parts of a session in their order.
 *
 * @param folder - of the ledger
 * @returns none where there is no such folder, it cannot be listed, or a link stands in its place. Never throws
 */
export function listLedgerNames(folder: string): readonly string[] {
  return namesIn(folder)
    .map((name) => [name, parseLedgerFileName(name)] as const)
    .filter((entry): entry is [string, LedgerFileName] => entry[1] !== undefined)
    .sort(([, a], [, b]) => compareLedgerFileNames(a, b))
    .map(([name]) => name);
}

function namesIn(folder: string): readonly string[] {
  try {
    return lstatSync(folder).isDirectory() ? readdirSync(folder) : [];
  } catch {
    return [];
  }
}

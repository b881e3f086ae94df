import { join } from 'node:path';
import { type FileInfo, fileInfoOf } from '../file-info.js';
import { LEDGER_FOLDER } from './file-name.js';
import { listLedgerNames } from './list-names.js';

/**
 * The files of the ledger in a state directory, newest last; the parts of a session in their order. Each is a session, or a part of
 * one that grew large.
 *
 * @returns none where there is no ledger, or where a link stands in its place. Never throws
 */
export function listSessions(directory: string | undefined): readonly FileInfo[] {
  if (directory === undefined) return [];
  const folder = join(directory, LEDGER_FOLDER);
  return listLedgerNames(folder).flatMap((name) => fileInfoOf(name, join(folder, name)));
}

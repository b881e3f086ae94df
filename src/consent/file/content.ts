import { readSmallFile, type SmallFile } from '../../internal/index.js';
import { type ConsentFileText, EMPTY_RECORD, parseConsentFile } from './record.js';

/** The most that is read of a consent file, and written to it: it remembers a whole catalogue. */
export const MAX_FILE_BYTES = 262_144;

/**
 * What stands under the path of a consent file: something that can be trusted, which nothing at all is too; text that
 * cannot; a thing that is no plain small file of this user (a link, a folder, somebody else's file); or something that
 * cannot be read.
 */
export type ConsentContent =
  | ({ readonly status: 'usable'; readonly text: string } & ConsentFileText)
  | { readonly status: 'broken' | 'unfit' | 'unreadable' };

/** The same in a word, with one more for nothing at all. */
export type ConsentFileStatus = ConsentContent['status'] | 'absent';

const OTHERS_MAY_WRITE = 0o022;

/** As if there were no file. */
export const NO_CONTENT = { status: 'usable', text: '', record: EMPTY_RECORD, others: [] } as const;

/** Never throws, never follows a link, changes nothing. UTF-8, with or without a byte order mark. */
export function readConsentContent(path: string): ConsentContent {
  const file = readSmallFile(path, MAX_FILE_BYTES);
  switch (file.status) {
    case 'found':
      return isOwn(file) ? parseContent(file.bytes) : { status: 'unfit' };
    case 'absent':
      return NO_CONTENT;
    case 'unfit':
    case 'unreadable':
      return { status: file.status };
    default:
      return file satisfies never;
  }
}

/** Is it written by nobody but this user and root? Where the system has no such users, it always is. */
function isOwn({ uid, mode }: Extract<SmallFile, { status: 'found' }>): boolean {
  const user = process.geteuid?.();
  return user === undefined || ((uid === user || uid === 0) && (mode & OTHERS_MAY_WRITE) === 0);
}

function parseContent(bytes: Uint8Array): ConsentContent {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    const parsed = parseConsentFile(text);
    return parsed === undefined ? { status: 'broken' } : { status: 'usable', text, ...parsed };
  } catch {
    return { status: 'broken' };
  }
}

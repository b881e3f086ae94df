/** Shows expected outcomes as data: a file is text, or there is a named reason why it is not read as such. */
import { type FileHandle, open } from 'node:fs/promises';

export const SKIP_REASONS = ['binary', 'too_large', 'unreadable', 'over_budget'] as const;
export type SkipReason = (typeof SKIP_REASONS)[number];

export type FileText =
  | { readonly status: 'text'; readonly text: string }
  | { readonly status: Exclude<SkipReason, 'over_budget'> };

export const MAX_FILE_BYTES = 512 * 1024;
const SNIFFED_BYTES = 8 * 1024;

/**
 * Read one file as UTF-8; malformed sequences become U+FFFD and a byte order mark is dropped.
 *
 * @returns `binary` if the first 8 KiB hold a zero byte (as UTF-16 does), `too_large` for text above
 *   {@link MAX_FILE_BYTES}, `unreadable` if it cannot be opened or read. Never rejects.
 */
export async function readText(path: string): Promise<FileText> {
  let file: FileHandle | undefined;
  try {
    file = await open(path);
    const { size } = await file.stat();
    const bytes = size > MAX_FILE_BYTES ? await readHead(file) : await file.readFile();
    if (bytes.subarray(0, SNIFFED_BYTES).includes(0)) return { status: 'binary' };
    if (size > MAX_FILE_BYTES) return { status: 'too_large' };
    return { status: 'text', text: bytes.toString('utf8').replace(/^\uFEFF/, '') };
  } catch {
    return { status: 'unreadable' };
  } finally {
    await file?.close().catch(() => undefined);
  }
}

async function readHead(file: FileHandle): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(SNIFFED_BYTES), 0, SNIFFED_BYTES, 0);
  return buffer.subarray(0, bytesRead);
}

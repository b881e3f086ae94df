const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'its folder does not exist',
  ENOTDIR: 'its folder is a file',
  EACCES: 'permission is missing',
  EPERM: 'permission is missing',
  EROFS: 'the file system is read-only',
  ENOSPC: 'there is no space left',
  EDQUOT: 'there is no space left',
  EISDIR: 'what is there is no ordinary file',
  ENAMETOOLONG: 'its name is too long',
};

/** The code of an error of the file system; undefined for any other. */
export function systemCodeOf(error: unknown): string | undefined {
  return error instanceof Error && 'syscall' in error
    ? String((error as NodeJS.ErrnoException).code)
    : undefined;
}

/** Why a file could not be written, as the end of a sentence that names no place; undefined for any other error. */
export function whyNotWritten(error: unknown): string | undefined {
  const code = systemCodeOf(error);
  return code === undefined ? undefined : (REASONS[code] ?? `the system says ${code}`);
}

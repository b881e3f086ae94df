/** The name under which a file that cannot be used is kept. @param attempt - from 1 */
export function brokenName(path: string, attempt: number): string {
  return `${path}.broken-${attempt}`;
}

/** The name of a file while it is being written. @param unique - 16 hexadecimal digits */
export function temporaryName(path: string, unique: string): string {
  return `${path}.${unique}.tmp`;
}

const MADE_OF = /^(.+?)(?:\.broken-\d+|\.[0-9a-f]{16}\.tmp)?$/;

/** The name of the file that another one was made of: set aside, or left over by a process that was killed. Its own otherwise. */
export function originalName(name: string): string {
  return MADE_OF.exec(name)?.[1] ?? name;
}

/** Names of the files that belong to one installation. */
export const SECRET_FILE = 'secret';
export const FLAGS_FILE = 'flags.json';

/** The name under which a file that cannot be used is kept. @param attempt - from 1 */
export function brokenName(path: string, attempt: number): string {
  return `${path}.broken-${attempt}`;
}

/** The name of a file while it is being written. @param unique - 16 hexadecimal digits */
export function temporaryName(path: string, unique: string): string {
  return `${path}.${unique}.tmp`;
}

const INSTALLATION_FILE = /^(secret|flags\.json)(\.broken-\d+|\.[0-9a-f]{16}\.tmp)?$/;

/**
 * Is this a file of the installation, or one made of it: set aside, or left over by a process that was killed? The directory
 * may be one the user chose and shares with other files, so nothing that merely looks alike counts.
 */
export function isInstallationFile(name: string): boolean {
  return INSTALLATION_FILE.test(name);
}

import { originalName } from '../internal/index.js';

/** Where the person's decision stands. */
const CONSENT_FILE = 'telemetry_config.json';
/** Names of the files that belong to one installation. */
export const SECRET_FILE = 'secret';
export const FLAGS_FILE = 'flags.json';
/** What opens the local API: of the person, who asked for it, and not of the installation. */
export const TOKEN_FILE = 'local-api-token';

const INSTALLATION_FILES: readonly string[] = [SECRET_FILE, FLAGS_FILE];
const PERSONS_FILES: readonly string[] = [CONSENT_FILE, TOKEN_FILE].flatMap((name) => [name, `${name}.lock`]);

/**
 * Is this a file of the installation, or one made of it: set aside, or left over by a process that was killed? The directory
 * may be one the user chose and shares with other files, so nothing that merely looks alike counts.
 */
export function isInstallationFile(name: string): boolean {
  return INSTALLATION_FILES.includes(originalName(name));
}

/** As {@link isInstallationFile}, and the person's decision and token. Whatever the case: some file systems do not tell it apart. */
export function isStateFile(name: string): boolean {
  const original = originalName(name.toLowerCase());
  return PERSONS_FILES.includes(original) || isInstallationFile(original);
}

import { originalName } from '../internal/index.js';

/** Where the person's decision stands. */
const CONSENT_FILE = 'telemetry_config.json';
/** Names of the files that belong to one installation. */
export const SECRET_FILE = 'secret';
export const FLAGS_FILE = 'flags.json';

const INSTALLATION_FILES: readonly string[] = [SECRET_FILE, FLAGS_FILE];

/**
 * Is this a file of the installation, or one made of it: set aside, or left over by a process that was killed? The directory
 * may be one the user chose and shares with other files, so nothing that merely looks alike counts.
 */
export function isInstallationFile(name: string): boolean {
  return INSTALLATION_FILES.includes(originalName(name));
}

/** As {@link isInstallationFile}, and the person's decision. Whatever the case: some file systems do not tell it apart. */
export function isStateFile(name: string): boolean {
  const original = originalName(name.toLowerCase());
  return original === CONSENT_FILE || original === `${CONSENT_FILE}.lock` || isInstallationFile(original);
}

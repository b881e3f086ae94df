export { eraseInstallation } from './erase-installation.js';
export { createFlagStore, type FlagFileStore } from './flag-store.js';
export { openInstallationSecret } from './installation-secret.js';
export { resolveStateDirectory } from './state-directory.js';
export type { StoredFlag, StoredFlags } from './stored-flags.js';

import { toStamp } from '../stamp.js';

/** The folder of diagnostics bundles in the state directory. */
export const BUNDLE_FOLDER = 'diagnostics';

/** With what is left of one that was being written. */
const PATTERN = /^[a-z][a-z0-9_-]{0,39}-diagnostics-\d{8}_\d{6}-[0-9a-f]{8}\.zip(?:\.tmp)?$/;

/**
 * The name of a bundle: `acme-diagnostics-20261121_083000-1b4e28ba.zip`, in UTC.
 *
 * @param unique - eight hexadecimal digits
 */
export function toBundleName(app: string, timeMs: number, unique: string): string {
  return `${app}-diagnostics-${toStamp(timeMs)}-${unique}.zip`;
}

/** Is this such a name, or that of one that was being written? */
export const isBundleName = (name: string): boolean => PATTERN.test(name);

/** Of one that is being written, or was when its process was killed. */
export const temporaryBundleName = (name: string): string => `${name}.tmp`;

export const isTemporaryBundleName = (name: string): boolean => isBundleName(name) && name.endsWith('.tmp');

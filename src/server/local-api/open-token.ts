import { partsOf, type Telemetry } from '../../client/index.js';
import { openLocalApiToken as openToken, StoreError } from '../../store/index.js';

/**
 * The token of the local API, for an app that hands it to its own window. Made now when there is none.
 *
 * @throws {ConfigError} `OPTION_INVALID` for a client of another version of this package
 * @throws {StoreError} `STORE_NOT_WRITABLE` where it cannot be kept for its user alone
 * @remarks Writes a file (0600) into the state directory, whatever the person has decided: call it when they open something that
 *   needs it, and not at every start.
 */
export function openLocalApiToken(telemetry: Telemetry): string {
  const { directory } = partsOf(telemetry).consent;
  if (directory !== undefined) return openToken(directory);
  throw new StoreError(
    'STORE_NOT_WRITABLE',
    'The token cannot be kept: this user has no home directory. Set HOME, or name a directory with the option store.directory.',
  );
}

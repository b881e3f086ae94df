import { createRequire } from 'node:module';
import { installCommand, isModuleMissing, PEERS, TelemetryError } from '../internal/index.js';

/**
 * Say why the services could not be loaded: they import packages that a maker installs beside this one.
 *
 * @param error - what the import was rejected with, or `require()` threw
 * @param readRanges - the versions that this package works with, by the name of the package
 * @throws {TelemetryError} `PEER_MISSING` when a package is not installed, `PEER_UNSUITABLE` when what is installed does not fit
 */
export function refusePeers(error: unknown, readRanges: () => Ranges = readOwnRanges): never {
  if (isModuleMissing(error)) {
    // Without the cause: it names places of this machine.
    throw new TelemetryError(
      'PEER_MISSING',
      `sotto/server needs packages that are not installed here. Run ${installCommand('server')}, and try again.`,
    );
  }
  const ranges = readRanges();
  const suitable = PEERS.server.map((name) => `"${name}@${ranges[name]}"`).join(' ');
  throw new TelemetryError(
    'PEER_UNSUITABLE',
    `sotto/server cannot be loaded with the packages that are installed here, which may be of other versions than it needs. Run \`npm install ${suitable}\`, and try again.`,
    { cause: error },
  );
}

type Ranges = Readonly<Record<string, string>>;

/** By its own name, as anybody finds this package. */
function readOwnRanges(): Ranges {
  const own = createRequire(import.meta.url)('sotto/package.json') as { peerDependencies: Ranges };
  return own.peerDependencies;
}

import { installCommand } from '../internal/index.js';
import type { ServiceContext } from './command.js';
import { EXIT } from './exit-status.js';
import { loadServer, type ServerModule } from './load-server.js';

const MISSING_PACKAGES =
  `The services need packages that are not installed here. Run ${installCommand('server', 'database')} ` +
  `and, for the embedded database, ${installCommand('pglite')}, ` +
  `or for PostgreSQL ${installCommand('postgresql')}; and try again.`;

/**
 * Do something with the services' own code.
 *
 * @param advice - what is said where a package of it is missing
 * @returns the exit status: `failed` where it is
 * @throws as a command may
 */
export async function withServer(
  { err }: Pick<ServiceContext, 'err'>,
  work: (server: ServerModule) => number | Promise<number>,
  advice = MISSING_PACKAGES,
): Promise<number> {
  const server = await loadServer();
  if (server !== undefined) return work(server);
  err.line(advice);
  return EXIT.failed;
}

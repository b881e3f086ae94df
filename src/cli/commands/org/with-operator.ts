import { readServiceSettings } from '../../../settings/index.js';
import type { ServiceContext } from '../../command.js';
import { EXIT } from '../../exit-status.js';
import { loadServer, type ServerModule } from '../../load-server.js';

export type OpenedOperator = Awaited<ReturnType<ServerModule['openOperator']>>;

/** Where what was done is kept. Operators of several databases have to see which one this was. */
export const PLACES: Readonly<Record<OpenedOperator['kind'], string>> = {
  postgresql: 'the PostgreSQL database that DATABASE_URL names',
  pglite: 'the embedded database of this machine, because DATABASE_URL names no other',
};

/**
 * Do something as the operator of the services.
 *
 * @returns the exit status
 * @throws as a command may
 */
export async function withOperator(
  { err, io }: ServiceContext,
  work: (operator: OpenedOperator) => Promise<number>,
): Promise<number> {
  const settings = readServiceSettings(io.environment);
  const server = await loadServer();
  if (server === undefined) {
    err.line(
      'The services need packages that are not installed here. Run ' +
        '`npm install hono @hono/node-server @hono/zod-openapi zod drizzle-orm` and, for the embedded database, ' +
        '`npm install @electric-sql/pglite`, or for PostgreSQL `npm install pg`; and try again.',
    );
    return EXIT.failed;
  }
  const onWaiting = () =>
    err.line(
      'Another process has the embedded database, and does not answer yet: waiting for it, for a minute.',
    );
  const operator = await server.openOperator(settings, { onWaiting });
  try {
    return await work(operator);
  } finally {
    await operator[Symbol.asyncDispose]();
  }
}

import { readServiceSettings } from '../settings/index.js';
import type { ServiceContext } from './command.js';
import type { ServerModule } from './load-server.js';
import { withServer } from './with-server.js';

export type OpenedOperator = Awaited<ReturnType<ServerModule['openOperator']>>;

/** Where what was done is kept. Operators of several databases have to see which one this was. */
export const PLACES: Readonly<Record<OpenedOperator['kind'], string>> = {
  postgresql: 'the PostgreSQL database that DATABASE_URL names',
  pglite: 'the embedded database of this machine, because DATABASE_URL names no other',
};

/**
 * Do something as the operator of the services.
 *
 * @param area - whose tables it is about: the product's with its organisations, or the vendor's
 * @returns the exit status
 * @throws as a command may
 */
export function withOperator(
  context: ServiceContext,
  work: (operator: OpenedOperator) => Promise<number>,
  area: 'product' | 'vendor' = 'product',
): Promise<number> {
  const { err, io } = context;
  const settings = readServiceSettings(io.environment);
  const onWaiting = () =>
    err.line(
      'Another process has the embedded database, and does not answer yet: waiting for it, for a minute.',
    );
  return withServer(context, async ({ openOperator }) => {
    const operator = await openOperator(settings, { area, onWaiting });
    try {
      return await work(operator);
    } finally {
      await operator[Symbol.asyncDispose]();
    }
  });
}

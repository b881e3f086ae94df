import { once } from 'node:events';
import { createClient, type Telemetry } from '../client/index.js';
import { type Role, readServiceSettings } from '../settings/index.js';
import type { CommandContext, ServiceContext } from './command.js';
import { describeFailure, EXIT } from './exit-status.js';
import { listenForEnd } from './listen-for-end.js';
import { loadServer, type ServerModule } from './load-server.js';

export type RunningServer = Awaited<ReturnType<ServerModule['startServer']>>;

/** What to serve, and where. */
export interface ServerToRun {
  readonly roles: readonly Role[];
  /** The app that the role `local-api` is about. */
  readonly app?: CommandContext | undefined;
  /** The config file of that app, in place of its own; absolute. */
  readonly configFile?: string | undefined;
  readonly port?: number | undefined;
  readonly host?: string | undefined;
  /** Called once it listens. */
  readonly onListening: (server: RunningServer, telemetry: Telemetry | undefined) => void;
  /** Called when it has listened, before it stops. */
  readonly onEnd?: () => void;
}

/**
 * Serve until Ctrl-C or SIGTERM.
 *
 * @returns the exit status. That packages are missing, or the port is taken, is told on standard error
 * @throws {ConfigError} `OPTION_INVALID` for a variable of the services that cannot be used
 */
export async function runServer(
  { err, io }: Pick<ServiceContext, 'err' | 'io'>,
  { app, configFile, onListening, onEnd = () => {}, ...wanted }: ServerToRun,
): Promise<number> {
  const services = readServiceSettings(io.environment);
  const server = await loadServer();
  if (server === undefined) {
    err.line(
      'Serving needs packages that are not installed here. ' +
        'Run `npm install hono @hono/node-server @hono/zod-openapi zod`, and try again.',
    );
    return EXIT.failed;
  }
  const telemetry = app && createClient(app.openServed(configFile), undefined, () => {});
  const tellFailure = (error: unknown) => err.line(describeFailure(error));
  const end = listenForEnd(io.interrupted);
  try {
    const options = { ...toGiven(wanted), services, ...(telemetry && { telemetry }), onFailure: tellFailure };
    const running = await server.startServer({ ...options, roles: wanted.roles }).catch(tellFailure);
    if (!running) return EXIT.failed;
    try {
      onListening(running, telemetry);
      if (!end.asked.aborted) await once(end.asked, 'abort');
    } finally {
      onEnd();
      await running.close();
    }
    return EXIT.done;
  } finally {
    await telemetry?.shutdown();
    end.stop();
  }
}

function toGiven({ port, host }: Pick<ServerToRun, 'port' | 'host'>) {
  return { ...(port !== undefined && { port }), ...(host !== undefined && { host }) };
}

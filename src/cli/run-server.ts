import { once } from 'node:events';
import { createClient, type Telemetry } from '../client/index.js';
import { installCommand } from '../internal/index.js';
import { type Role, readServiceSettings, type ServiceSettings } from '../settings/index.js';
import type { CommandContext, ServiceContext } from './command.js';
import { describeFailure, EXIT } from './exit-status.js';
import { listenForEnd, unlessAsked } from './listen-for-end.js';
import type { ServerModule } from './load-server.js';
import { withServer } from './with-server.js';

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
 * @throws {ConfigError} `OPTION_INVALID` for a variable of the services that cannot be used, or is missing; and as `startServer` does
 */
export function runServer(context: RunContext, wanted: ServerToRun): Promise<number> {
  const services = readServiceSettings(context.io.environment);
  return withServer(context, (server) => serve(server, services, context, wanted), MISSING_PACKAGES);
}

type RunContext = Pick<ServiceContext, 'err' | 'io'>;

const MISSING_PACKAGES = `Serving needs packages that are not installed here. Run ${installCommand('server')}, and try again.`;

async function serve(
  server: ServerModule,
  services: ServiceSettings,
  { err, io }: RunContext,
  { app, configFile, onListening, onEnd = () => {}, ...wanted }: ServerToRun,
): Promise<number> {
  const telemetry = app && createClient(app.openServed(configFile), undefined, () => {});
  const tellFailure = (error: unknown) => err.line(describeFailure(error));
  const tellObstacle = (error: unknown) => {
    // What was said wrongly has no cause. A port that is taken has: nobody could know.
    if (!(error instanceof Error) || error.cause === undefined) throw error;
    if (!end.asked.aborted) tellFailure(error);
  };
  const end = listenForEnd(io.interrupted, io.onEndAsked);
  try {
    const options = { ...toGiven(wanted), services, ...(telemetry && { telemetry }), onFailure: tellFailure };
    const starting = server.startServer({ ...options, roles: wanted.roles, signal: end.asked });
    const running = await unlessAsked(starting.catch(tellObstacle), end.asked);
    if (end.asked.aborted && !running) return EXIT.done;
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

import { once } from 'node:events';
import { createClient, type Telemetry } from '../../client/index.js';
import { toAbsolutePath } from '../absolute-path.js';
import type { CommandContext, CommandDefinition } from '../command.js';
import { describeFailure, EXIT, UsageError } from '../exit-status.js';
import { hintAtCode } from '../hints.js';
import { listenForEnd } from '../listen-for-end.js';
import { loadServer, type ServerModule } from '../load-server.js';

const BASE_PATH = '/api/telemetry';

/** The local API in a process of its own, for programs in other languages and for pages. */
export const serve: CommandDefinition = {
  name: 'serve',
  summary: 'answer programs and pages of this machine, until Ctrl-C',
  details:
    'Answer programs and pages of this machine that show the token, until Ctrl-C: they can record, and see and change your answer ' +
    'about telemetry. Prints the address on standard output.',
  options: [
    { flags: '--port <port>', description: 'the port to listen on, 0 for any free one; 8001 unless given' },
    { flags: '--config-file <file>', description: 'the config file of the app, in place of its own' },
  ],
  async run(context, { port: typedPort, configFile: typedFile }) {
    const port = typedPort === undefined ? undefined : toPort(typedPort);
    const configFile =
      typedFile === undefined ? undefined : toAbsolutePath(typedFile, '--config-file', context.io);
    const server = await loadServer();
    if (server === undefined) {
      context.err.line(
        'The local API needs packages that are not installed here. ' +
          'Run `npm install hono @hono/node-server @hono/zod-openapi zod`, and try again.',
      );
      return EXIT.failed;
    }
    const telemetry = createClient(context.openServed(configFile), undefined, () => {});
    const end = listenForEnd(context.io.interrupted);
    try {
      return await answerUntil(end.asked, context, server, telemetry, port);
    } finally {
      await telemetry.shutdown();
      end.stop();
    }
  },
};

/** @throws {UsageError} for what is no port */
function toPort(typed: string): number {
  if (/^\d{1,5}$/.test(typed) && Number(typed) <= 65_535) return Number(typed);
  throw new UsageError('The value of --port is no port. Type a whole number from 0 to 65535.');
}

async function answerUntil(
  asked: AbortSignal,
  context: CommandContext,
  server: ServerModule,
  telemetry: Telemetry,
  port: number | undefined,
): Promise<number> {
  const { out, err } = context;
  const tellFailure = (error: unknown) => err.line(describeFailure(error));
  const options = { basePath: BASE_PATH, onFailure: tellFailure, ...(port === undefined ? {} : { port }) };
  const api = await server.startLocalApiServer(telemetry, options).catch(tellFailure);
  // The port is taken.
  if (!api) return EXIT.failed;
  try {
    tell(context, telemetry, api.url);
    out.raw(`${api.url}${BASE_PATH}\n`);
    if (!asked.aborted) await once(asked, 'abort');
    return EXIT.done;
  } finally {
    await api.close();
  }
}

function tell(context: CommandContext, telemetry: Telemetry, url: string): void {
  const { err, name } = context;
  const { mode, why } = telemetry.status();
  err.line(`Listening on ${url}, for this machine only.`);
  err.line(`Token: run \`${name} token\`.`);
  err.line(`Mode: ${mode}. ${why.message} ${why.fix}`);
  hintAtCode(context);
  err.line('Ctrl-C ends this.');
}

import { createServer } from 'node:net';
import { openLocalApiToken } from '../../store/index.js';
import type { CommandContext, CommandDefinition } from '../command.js';
import { EXIT } from '../exit-status.js';
import { hintAtCode } from '../hints.js';
import { type OpenFile, openWithSystem, whyNoBrowser, writeForward } from '../open-browser.js';
import { type RunningServer, runServer } from '../run-server.js';
import { toPort } from './serve.js';

/** The address in the file is worth nothing any longer. */
const FORWARD_MS = 60_000;
const LOOPBACK = '127.0.0.1';

/** The person's own page, in their browser. */
export const open: CommandDefinition = createOpenCommand(openWithSystem);

/** @param openFile - starts the browser */
export function createOpenCommand(openFile: OpenFile): CommandDefinition {
  return {
    name: 'open',
    summary: 'show your own page in the browser, until Ctrl-C',
    details:
      'Show your own page in the browser, until Ctrl-C: what is recorded and sent, who decided, and the switches. It is for this machine ' +
      'only. Makes the token of the local API when there is none. Prints the address on standard output.',
    options: [
      {
        flags: '--port <port>',
        description: 'the port to listen on; any free one unless given, or if it is taken',
      },
    ],
    async run(context, { port: typed }) {
      const { directory } = context.consent;
      if (directory === undefined) {
        context.err.line(
          'There is no place for a token: you have no home directory. Name a place with --config-dir.',
        );
        return EXIT.failed;
      }
      const port = await toFreePort(toPort(typed) ?? 0);
      const token = openLocalApiToken(directory);
      let remove = () => {};
      return runServer(context, {
        roles: ['local-api', 'web'],
        app: context,
        port,
        onListening: (server) => {
          const because = whyNotShown(context);
          const path = because === undefined ? server.createSignInPath(token) : undefined;
          const forward = path === undefined ? undefined : writeForward(directory, server.url + path);
          remove = () => forward?.remove();
          setTimeout(remove, FORWARD_MS).unref();
          tell(context, server, because);
          if (forward) openFile(forward.path).catch(() => tellNotOpened(context, 'none could be started'));
        },
        onEnd: () => remove(),
      });
    },
  };
}

function whyNotShown({ io, err, consent }: CommandContext): string | undefined {
  const { env } = io.environment;
  const { isCi } = consent.settings;
  return whyNoBrowser({ env, platform: process.platform, isTerminal: err.isTerminal, isCi });
}

function tell(context: CommandContext, { url }: RunningServer, because: string | undefined): void {
  const { out, err } = context;
  err.line(`Your own page: ${url}/, for this machine only.`);
  if (because !== undefined) tellNotOpened(context, because);
  else err.line(`It opens in your browser. If it does not: open the address, and sign in with the token.`);
  hintAtCode(context);
  err.line('Ctrl-C ends this.');
  out.raw(`${url}/\n`);
}

function tellNotOpened({ err, name }: CommandContext, because: string): void {
  err.line(
    `No browser was opened, because ${because}. Open the address, and sign in with the token that \`${name} token\` prints.`,
  );
}

/** @returns 0, for any free one, when the port is taken */
function toFreePort(port: number): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(0));
    probe.listen(port, LOOPBACK, () => probe.close(() => resolve(port)));
  });
}

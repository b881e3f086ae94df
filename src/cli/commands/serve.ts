import type { Telemetry } from '../../client/index.js';
import { ROLES, type Role } from '../../settings/index.js';
import { toAbsolutePath } from '../absolute-path.js';
import type {
  CommandContext,
  CommandDefinition,
  OptionDefinition,
  ServiceCommandDefinition,
} from '../command.js';
import { UsageError } from '../exit-status.js';
import { hintAtCode } from '../hints.js';
import { type RunningServer, runServer } from '../run-server.js';

const BASE_PATH = '/api/telemetry';

/** Their lines of JSON have standard output for themselves. */
const WRITING_LINES: ReadonlySet<Role> = new Set(['collector', 'vendor', 'ingest', 'writer']);

const OWN_ROLES: readonly Role[] = ['local-api', 'web'];

const PORT_OPTION: OptionDefinition = {
  flags: '--port <port>',
  description: 'the port to listen on, 0 for any free one; 8001 unless given',
};
const CONFIG_FILE_OPTION: OptionDefinition = {
  flags: '--config-file <file>',
  description: 'the config file of the app, in place of its own',
};

const DETAILS =
  'Answer programs and pages of this machine that show the token, until Ctrl-C: they can record, and see and change your answer ' +
  'about telemetry. Your own page is at / of the same address. Prints the address of the API on standard output.';

/** An app's own page and local API, in a process of their own. */
export const serve: CommandDefinition = {
  name: 'serve',
  summary: 'answer programs and pages of this machine, until Ctrl-C',
  details: DETAILS,
  options: [PORT_OPTION, CONFIG_FILE_OPTION],
  run: (app, { port, configFile }) =>
    runServer(app, {
      roles: OWN_ROLES,
      app,
      port: toPort(port),
      configFile: toConfigFile(configFile, app),
      onListening: (server, telemetry) => tellPerson(app, server, telemetry),
    }),
};

/** The same, and the services of an operator: one process for one role or for several. */
export const serveRoles: ServiceCommandDefinition = {
  name: 'serve',
  needsApp: 'sometimes',
  summary: 'serve your own page and the local API of an app, or the services of an operator, until Ctrl-C',
  details:
    `${DETAILS} With --roles, what one process serves: local-api and web are for the person of an app (--app); ` +
    'orgs is the settings service of organisations, web its page; collector sends their reports to a vendor; vendor receives them, web shows ' +
    'them; ingest receives events, writer stores those of a stream. They read DATABASE_URL and the other variables of the services. ' +
    'What works by itself writes lines of JSON on standard output; otherwise the address stands there.',
  options: [
    { flags: '--roles <list>', description: `what to serve, with commas between: ${ROLES.join(', ')}` },
    PORT_OPTION,
    {
      flags: '--host <address>',
      description: 'the IP address to listen on; this machine alone unless given',
    },
    CONFIG_FILE_OPTION,
  ],
  async run(context, { roles: typed, port, host, configFile }) {
    const roles = typed === undefined ? OWN_ROLES : toRoles(typed);
    const app = roles.includes('local-api') ? await context.openApp() : undefined;
    return runServer(context, {
      roles,
      app,
      port: toPort(port),
      host,
      configFile: toConfigFile(configFile, context),
      onListening: (server, telemetry) =>
        app ? tellPerson(app, server, telemetry) : tellOperator(context, server, roles),
    });
  },
};

/** @throws {UsageError} for what is no port */
export function toPort(typed: string | undefined): number | undefined {
  if (typed === undefined) return undefined;
  if (/^\d{1,5}$/.test(typed) && Number(typed) <= 65_535) return Number(typed);
  throw new UsageError('The value of --port is no port. Type a whole number from 0 to 65535.');
}

/** @throws {UsageError} for what is no role */
function toRoles(typed: string): readonly Role[] {
  const roles = [...new Set(typed.split(',').map((role) => role.trim()))];
  if (roles.every(isRole)) return roles;
  throw new UsageError(`The value of --roles names what is no role. The roles are ${ROLES.join(', ')}.`);
}

const isRole = (text: string): text is Role => ROLES.some((role) => role === text);

function toConfigFile(typed: string | undefined, { io }: Pick<CommandContext, 'io'>): string | undefined {
  return typed === undefined ? undefined : toAbsolutePath(typed, '--config-file', io);
}

function tellPerson(context: CommandContext, { url }: RunningServer, telemetry: Telemetry | undefined): void {
  const { out, err, name } = context;
  err.line(`Listening on ${url}, for this machine only.`);
  err.line(`Your own page: ${url}/. It asks for the token.`);
  err.line(`Token: run \`${name} token\`.`);
  const status = telemetry?.status();
  if (status) err.line(`Mode: ${status.mode}. ${status.why.message} ${status.why.fix}`);
  hintAtCode(context);
  err.line('Ctrl-C ends this.');
  out.raw(`${url}${BASE_PATH}\n`);
}

function tellOperator(
  { out, err }: Parameters<ServiceCommandDefinition['run']>[0],
  { url }: RunningServer,
  roles: readonly Role[],
): void {
  err.line(`Listening on ${url}: ${roles.join(', ')}.`);
  if (roles.includes('web') && (roles.includes('orgs') || !roles.includes('vendor')))
    err.line(`The page of settings: ${url}/settings. It asks for a token of an organisation.`);
  if (roles.includes('orgs')) err.line('Tokens: run `sotto org token create --org <id>`.');
  if (roles.includes('collector')) err.line('What would be sent: run `sotto collector preview`.');
  if (roles.includes('vendor')) err.line('Licences: run `sotto license create --customer <id>`.');
  if (roles.includes('vendor') && roles.includes('web'))
    err.line(`The dashboard: ${url}/vendor. It asks for the key of VENDOR_READ_KEY.`);
  err.line('Ctrl-C ends this.');
  if (!roles.some((role) => WRITING_LINES.has(role))) out.raw(`${url}\n`);
}

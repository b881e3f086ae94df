import { type CreateTelemetryOptions, openConsent } from '../client/index.js';
import { type Environment, resolveSettings, variableNames } from '../settings/index.js';
import { toAbsolutePath } from './absolute-path.js';
import type { OptionDefinition } from './command.js';
import type { CommandIo } from './io.js';
import { openServed } from './open-served.js';
import type { GlobalOptions } from './program-tree.js';
import type { Opened } from './run-command-line.js';

/** Where an app's files are, if not in the usual place. Every command has it. */
export const CONFIG_DIR_OPTION: OptionDefinition = {
  flags: '--config-dir <dir>',
  description: 'where your answer and what was recorded are kept',
};

/** An app, how a person calls its commands, and what is known here of its code. */
export interface AppToOpen extends Pick<Opened, 'name' | 'isCodeKnown' | 'areEventsKnown'> {
  /** What the app says in code. */
  readonly options: CreateTelemetryOptions;
}

/**
 * Look up everything that speaks about an app's telemetry. Reads; makes nothing.
 *
 * @throws {ConfigError} `OPTION_INVALID`, `OPTION_UNKNOWN`
 */
export function openApp(known: AppToOpen, { configDir }: GlobalOptions, io: CommandIo): Opened {
  const app = { ...known, options: { ...known.options, command: known.name } };
  const isDirectoryTyped = configDir !== undefined;
  const environment = isDirectoryTyped
    ? withDirectory(io.environment, app.options.app, toAbsolutePath(configDir, '--config-dir', io))
    : io.environment;
  const { options, ...opened } = app;
  return {
    ...opened,
    isDirectoryTyped,
    consent: openConsent(options, environment),
    openInCode: () => openConsent(options, NOWHERE, [], { keepsNothing: true }),
    openServed: (configFile) => openServed(app, configFile, environment),
  };
}

/** No environment and no `.env`. */
const NOWHERE: Environment = { env: {}, dotenv: {} };

/** What was typed wins over every variable and file, as this variable does. */
function withDirectory(environment: Environment, app: string, directory: string): Environment {
  const { prefix } = resolveSettings({ app }, NOWHERE);
  const env = { ...environment.env };
  for (const variable of variableNames('store.directory', prefix)) env[variable] = directory;
  return { ...environment, env };
}

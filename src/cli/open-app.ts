import { isAbsolute, resolve } from 'node:path';
import { type CreateTelemetryOptions, openConsent } from '../client/index.js';
import { type Environment, resolveSettings, variableNames } from '../settings/index.js';
import type { OptionDefinition } from './command.js';
import { UsageError } from './exit-status.js';
import type { CommandIo } from './io.js';
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
export function openApp({ options, ...app }: AppToOpen, { configDir }: GlobalOptions, io: CommandIo): Opened {
  const isDirectoryTyped = configDir !== undefined;
  const environment = isDirectoryTyped
    ? withDirectory(io.environment, options.app, toDirectory(configDir, io))
    : io.environment;
  const consent = openConsent({ ...options, command: app.name }, environment);
  return { ...app, isDirectoryTyped, consent };
}

/** @throws {UsageError} for nothing, as an unset variable gives, and for a relative path where the working directory is gone */
function toDirectory(configDir: string, io: CommandIo): string {
  if (configDir === '') throw new UsageError('The value of --config-dir is empty. Name a directory.');
  if (isAbsolute(configDir)) return configDir;
  try {
    return resolve(io.cwd, configDir);
  } catch {
    throw new UsageError('The working directory is gone. Name --config-dir by its whole path.');
  }
}

/** What was typed wins over every variable and file, as this variable does. */
function withDirectory(environment: Environment, app: string, directory: string): Environment {
  const { prefix } = resolveSettings({ app }, { env: {}, dotenv: {} });
  const env = { ...environment.env };
  for (const variable of variableNames('store.directory', prefix)) env[variable] = directory;
  return { ...environment, env };
}

import type { CreateTelemetryOptions } from '../client/index.js';
import { COMMANDS } from './commands/index.js';
import { type CommandIo, openProcessIo } from './io.js';
import { CONFIG_DIR_OPTION, openApp } from './open-app.js';
import type { ProgramDefinition } from './program-tree.js';
import { runCommandLine } from './run-command-line.js';

/** What an app passes to `createTelemetry()`, and how a person calls the command. */
export interface TelemetryCommandOptions extends CreateTelemetryOptions {
  /** What a person types before a command; `<app> telemetry` unless given. */
  readonly name?: string;
}

/** The commands by which an app's user sees and decides what telemetry does. */
export interface TelemetryCommand {
  /** What a person types before a command. */
  readonly name: string;
  /**
   * Run a command.
   *
   * @param args - what stands behind the name: `['status', '--json']`
   * @param io - streams, environment and signals; the process's own unless given
   * @returns the exit status: 0 done, 1 failed, 2 not understood (no command too), 130 interrupted. Never rejects, ends no
   *   process
   */
  run(args: readonly string[], io?: CommandIo): Promise<number>;
}

/**
 * The telemetry commands of an app, to be offered among its own.
 *
 * @example
 * ```ts
 * const command = createTelemetryCommand({ app: 'acme', events: [CodeSearch] });
 * if (process.argv[2] === 'telemetry') process.exitCode = await command.run(process.argv.slice(3));
 * ```
 * @remarks Nothing is read before a command runs; options that are wrong are a sentence on standard error and status 2.
 */
export function createTelemetryCommand({
  name: typed,
  ...options
}: TelemetryCommandOptions): TelemetryCommand {
  const name = typed ?? options.command ?? `${options.app} telemetry`;
  const line = describeAppCommand(options.app, name);
  const app = { name, isCodeKnown: true, areEventsKnown: true, options };
  return {
    name,
    async run(args, io) {
      const open = (globals: Parameters<typeof openApp>[1], used: CommandIo) => openApp(app, globals, used);
      if (io !== undefined) return runCommandLine(args, { ...line, open }, io);
      const own = openProcessIo();
      return own.close(await runCommandLine(args, { ...line, open }, own.io));
    },
  };
}

/** What help says of an app's commands. */
export function describeAppCommand(app: string, name: string): ProgramDefinition {
  return {
    name,
    description: `See and decide what ${app} records and sends.`,
    options: [CONFIG_DIR_OPTION],
    commands: COMMANDS,
  };
}

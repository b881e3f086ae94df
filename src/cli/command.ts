import type { ConsentParts } from '../client/index.js';
import type { CommandIo } from './io.js';
import type { Writer } from './writer.js';

/** What a command works with. */
export interface CommandContext {
  /** What a person types before a command: `acme telemetry`. */
  readonly name: string;
  readonly consent: ConsentParts;
  /** Whether what the app says in code is known here, and not only what stands on this machine. */
  readonly isCodeKnown: boolean;
  /** Whether the classes of the app's events are known here. */
  readonly areEventsKnown: boolean;
  /** Whether the person said where the app's files are. */
  readonly isDirectoryTyped: boolean;
  /**
   * The same for a command that acts in place of the app: it stands under the app's flag where that may be.
   *
   * @param configFile - the app's config file, absolute; its own unless given
   * @throws {ConfigError} `OPTION_INVALID`
   */
  readonly openServed: (configFile?: string) => ConsentParts;
  /** The answer, and nothing else. */
  readonly out: Writer;
  /** Questions, hints and progress. */
  readonly err: Writer;
  readonly io: CommandIo;
}

/** What was typed behind a command: all the options that there are, of which a command has some. */
export interface CommandInput {
  readonly args: readonly string[];
  readonly configFile?: string;
  readonly data?: string;
  readonly follow?: boolean;
  readonly force?: boolean;
  readonly json?: boolean;
  readonly list?: boolean;
  readonly new?: boolean;
  readonly port?: string;
  readonly usage?: boolean;
  readonly yes?: boolean;
}

export interface ArgumentDefinition {
  /** `<file>`, `[event]`, `[switches...]`. */
  readonly syntax: string;
  readonly description: string;
  /** The words it may be; any unless given. */
  readonly choices?: readonly string[];
}

export interface OptionDefinition {
  /** `--yes`, or `--data <json>` with its value. */
  readonly flags: string;
  readonly description: string;
}

/** A command: what help says of it, and what it does. */
export interface CommandDefinition {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** More, for the command's own help. */
  readonly details?: string;
  readonly argument?: ArgumentDefinition;
  readonly options?: readonly OptionDefinition[];
  /**
   * @returns the exit status
   * @throws {UsageError} for what cannot be done as typed; {TelemetryError} for what failed
   */
  run(context: CommandContext, input: CommandInput): number | Promise<number>;
}

export const JSON_OPTION: OptionDefinition = { flags: '--json', description: 'print JSON' };
export const YES_OPTION: OptionDefinition = { flags: '--yes', description: 'do not ask' };

import type { ConsentParts } from '../client/index.js';
import type { CommandIo } from './io.js';
import type { Writer } from './writer.js';

/** What every command works with. */
interface AnyContext {
  /** What a person types before a command: `acme telemetry`. */
  readonly name: string;
  /** The answer, and nothing else. */
  readonly out: Writer;
  /** Questions, hints and progress. */
  readonly err: Writer;
  readonly io: CommandIo;
}

/** What a command about an app works with. */
export interface CommandContext extends AnyContext {
  readonly consent: ConsentParts;
  /** Whether what the app says in code is known here, and not only what stands on this machine. */
  readonly isCodeKnown: boolean;
  /** Whether the classes of the app's events are known here. */
  readonly areEventsKnown: boolean;
  /** Whether the person said where the app's files are. */
  readonly isDirectoryTyped: boolean;
  /** The same as the app's code alone has it, whatever environment, files and answers say: so it is on every machine. */
  readonly openInCode: () => ConsentParts;
  /**
   * The same for a command that acts in place of the app: it stands under the app's flag where that may be.
   *
   * @param configFile - the app's config file, absolute; its own unless given
   * @throws {ConfigError} `OPTION_INVALID`
   */
  readonly openServed: (configFile?: string) => ConsentParts;
}

/** What a command of an operator's services works with: it may be about no app at all. */
export interface ServiceContext extends AnyContext {
  /** The app that is meant. @throws {UsageError} when none was named; {ConfigError} as a command about an app does */
  readonly openApp: () => Promise<CommandContext>;
  /** The name behind `--app`, as typed; undefined without one. */
  readonly typedApp: string | undefined;
}

/** What was typed behind a command: all the options that there are, of which a command has some. */
export interface CommandInput {
  readonly args: readonly string[];
  readonly all?: boolean;
  readonly allowChildren?: string;
  readonly budgetMs?: string;
  readonly check?: boolean;
  /** A command of somebody else's: what stands behind `--`. */
  readonly command?: readonly string[];
  readonly configFile?: string;
  readonly customer?: string;
  readonly data?: string;
  readonly exitCode?: string;
  readonly expectNothing?: boolean;
  readonly expiresDays?: string;
  readonly features?: string;
  readonly follow?: boolean;
  readonly force?: boolean;
  readonly graceMs?: string;
  readonly host?: string;
  readonly ignoreOutput?: string;
  readonly json?: boolean;
  readonly jsonFlag?: string;
  readonly junit?: string;
  readonly keys?: string;
  readonly list?: boolean;
  readonly maxRunsPerMonth?: string;
  readonly maxTeams?: string;
  readonly name?: string;
  readonly new?: boolean;
  readonly once?: boolean;
  readonly only?: string;
  readonly org?: string;
  readonly out?: string;
  readonly port?: string;
  readonly role?: string;
  readonly roles?: string;
  readonly sarif?: string;
  readonly scope?: string;
  readonly shown?: string;
  readonly strict?: boolean;
  readonly team?: string;
  readonly timeoutMs?: string;
  readonly toolsOverPrivacy?: boolean;
  readonly usage?: boolean;
  readonly write?: boolean;
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

/** What help says of a command. */
interface CommandTexts {
  /** One word or more: `status`, `org token create`. */
  readonly name: string;
  /** What stands above it and its like in the list of commands; that of the program unless given. */
  readonly heading?: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** More, for the command's own help. */
  readonly details?: string;
  readonly argument?: ArgumentDefinition;
  /** Whether it is about a command that stands behind `--`. */
  readonly takesCommand?: true;
  readonly options?: readonly OptionDefinition[];
}

/** A command about an app: what help says of it, and what it does. */
export interface CommandDefinition extends CommandTexts {
  readonly needsApp?: true;
  /**
   * @returns the exit status
   * @throws {UsageError} for what cannot be done as typed; {TelemetryError} for what failed
   */
  run(context: CommandContext, input: CommandInput): number | Promise<number>;
}

/** A command of an operator's services, which runs without an app, or is about one by what is typed. */
export interface ServiceCommandDefinition extends CommandTexts {
  readonly needsApp: false | 'sometimes';
  /** As of {@link CommandDefinition}. */
  run(context: ServiceContext, input: CommandInput): number | Promise<number>;
}

export type AnyCommandDefinition = CommandDefinition | ServiceCommandDefinition;

/** Whether a command is about an app, whatever is typed. */
export function isAboutApp(definition: AnyCommandDefinition): definition is CommandDefinition {
  return definition.needsApp === undefined || definition.needsApp === true;
}

export const JSON_OPTION: OptionDefinition = { flags: '--json', description: 'print JSON' };
export const YES_OPTION: OptionDefinition = { flags: '--yes', description: 'do not ask' };

import { Argument, Command } from 'commander';
import type { CommandDefinition, CommandInput, OptionDefinition } from './command.js';
import type { Writer } from './writer.js';

/** How the commands are offered: by an app, or by the `sotto` program. */
export interface ProgramDefinition {
  /** What a person types before a command. */
  readonly name: string;
  readonly description: string;
  /** Printed by `--version`; no such option unless given. */
  readonly version?: string;
  /** Options of every command. */
  readonly options: readonly OptionDefinition[];
  readonly commands: readonly CommandDefinition[];
}

/** Values of the options of every command, by name. */
export type GlobalOptions = Readonly<Partial<Record<string, string>>>;

export type RunCommand = (
  definition: CommandDefinition,
  input: CommandInput,
  globals: GlobalOptions,
) => Promise<void>;

/**
 * The command line as commander understands it: parsing, help, and what is wrong with what was typed. Does nothing by itself,
 * and ends no process: it throws commander's error where commander would.
 */
export function createProgramTree(
  { name, description, version, options, commands }: ProgramDefinition,
  { out, err }: { readonly out: Writer; readonly err: Writer },
  run: RunCommand,
): Command {
  const program = new Command(name)
    .description(description)
    .usage('<command> [options]')
    .exitOverride()
    .showHelpAfterError()
    .configureHelp({
      showGlobalOptions: true,
      styleTitle: (title) => out.bold(title),
      // Without the word for options, which most of them have and which their own help lists.
      subcommandTerm: (command) => [command.name(), ...command.registeredArguments.map(toTerm)].join(' '),
    })
    .configureOutput({
      writeOut: (text) => out.lines(text.trimEnd()),
      writeErr: (text) => err.lines(text.trimEnd()),
      getOutHelpWidth: () => out.width,
      getErrHelpWidth: () => err.width,
      getOutHasColors: () => out.style.color,
      getErrHasColors: () => err.style.color,
    });
  if (version !== undefined) program.version(version, '--version', 'print the version of Sotto');
  for (const option of options) program.option(option.flags, option.description);
  for (const definition of commands) addCommand(program, definition, run);
  return program;
}

function addCommand(program: Command, definition: CommandDefinition, run: RunCommand): void {
  const { name, summary, details, argument, options = [] } = definition;
  const command = program
    .command(name)
    .summary(summary)
    .description(details ?? summary);
  if (argument) {
    const { syntax, description, choices } = argument;
    const described = new Argument(syntax, description);
    command.addArgument(choices ? described.choices(choices) : described);
  }
  for (const option of options) command.option(option.flags, option.description);
  command.action(() => run(definition, { ...command.opts(), args: command.args }, program.opts()));
}

/** An argument as it is typed: `<file>`, `[switches...]`. */
function toTerm(argument: Argument): string {
  const name = `${argument.name()}${argument.variadic ? '...' : ''}`;
  return argument.required ? `<${name}>` : `[${name}]`;
}

import { Argument, Command, Help } from 'commander';
import type { AnyCommandDefinition, CommandInput, OptionDefinition } from './command.js';
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
  readonly commands: readonly AnyCommandDefinition[];
  /** What stands above the commands that have no heading of their own; `Commands:` unless given. */
  readonly heading?: string;
}

/** Values of the options of every command, by name. */
export type GlobalOptions = Readonly<Partial<Record<string, string>>>;

export type RunCommand = (
  definition: AnyCommandDefinition,
  input: CommandInput,
  globals: GlobalOptions,
) => Promise<void>;

/**
 * The command line as commander understands it: parsing, help, and what is wrong with what was typed. Does nothing by itself,
 * and ends no process: it throws commander's error where commander would.
 */
export function createProgramTree(
  { name, description, version, options, commands, heading }: ProgramDefinition,
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
      // With all their words, so that one list shows all that can be typed.
      visibleCommands: listCommands,
      // Without the word for options, which most of them have and which their own help lists.
      subcommandTerm: (command) =>
        [...wordsOf(command), ...command.registeredArguments.map(toTerm)].join(' '),
    })
    .configureOutput({
      writeOut: (text) => out.lines(text.trimEnd()),
      writeErr: (text) => err.lines(text.trimEnd()),
      getOutHelpWidth: () => out.width,
      getErrHelpWidth: () => err.width,
      getOutHasColors: () => out.style.color,
      getErrHasColors: () => err.style.color,
    });
  if (heading !== undefined) program.commandsGroup(heading);
  if (version !== undefined) program.version(version, '--version', 'print the version of Sotto');
  for (const option of options) program.option(option.flags, option.description);
  for (const definition of commands) addCommand(program, definition, run);
  return program;
}

function addCommand(program: Command, definition: AnyCommandDefinition, run: RunCommand): void {
  const { name, heading, summary, details, argument, options = [] } = definition;
  const words = name.split(' ');
  const command = words
    .slice(0, -1)
    .reduce((parent, word) => findGroup(parent, word, heading), program)
    .command(words.at(-1) ?? name)
    .summary(summary)
    .description(details ?? summary);
  if (heading !== undefined) command.helpGroup(heading);
  if (definition.takesCommand) command.usage('[options] -- <command...>');
  if (argument) {
    const { syntax, description, choices } = argument;
    const described = new Argument(syntax, description);
    command.addArgument(choices ? described.choices(choices) : described);
  }
  for (const option of options) command.option(option.flags, option.description);
  if (definition.needsApp === false) hideGlobalOptions(command);
  command.action(() => {
    refuseOptionsAbove(command);
    return run(definition, { ...command.opts(), args: command.args }, program.opts());
  });
}

/** Of a command with commands below it, commander takes the options among theirs too, where they would mean nothing. */
function refuseOptionsAbove(command: Command, { parent }: Command = command): void {
  if (parent === null || parent.parent === null) return;
  const typed = parent.options.find(
    (option) => parent.getOptionValueSource(option.attributeName()) === 'cli',
  );
  if (typed) command.error(`error: unknown option '${typed.long}'`);
  refuseOptionsAbove(command, parent);
}

/** They are about apps. What stands below inherits it. */
function hideGlobalOptions(command: Command): void {
  command.configureHelp({ ...command.configureHelp(), showGlobalOptions: false });
}

/** The command that stands for the first word of several; it does nothing but to list them. */
function findGroup(parent: Command, word: string, heading: string | undefined): Command {
  const known = parent.commands.find((child) => child.name() === word);
  if (known) return known;
  const group = parent.command(word).usage('<command> [options]').helpCommand(false);
  hideGlobalOptions(group);
  groups.add(group);
  return heading === undefined ? group : group.helpGroup(heading);
}

/** The commands that only list others. */
const groups = new WeakSet<Command>();

/** Those that can be typed: with a group all of its own, in its place or behind it. */
function listCommands(parent: Command): Command[] {
  return new Help()
    .visibleCommands(parent)
    .flatMap((child) => [...(groups.has(child) ? [] : [child]), ...listCommands(child)]);
}

/** Of a command, behind the name of the program. */
function wordsOf(command: Command): readonly string[] {
  const { parent } = command;
  // The help command has none, and what stands at the top is the program.
  if (parent === null || parent.parent === null) return [command.name()];
  return [...wordsOf(parent), command.name()];
}

/** An argument as it is typed: `<file>`, `[switches...]`. */
function toTerm(argument: Argument): string {
  const name = `${argument.name()}${argument.variadic ? '...' : ''}`;
  return argument.required ? `<${name}>` : `[${name}]`;
}

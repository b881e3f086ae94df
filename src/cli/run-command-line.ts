import { CommanderError } from 'commander';
import { resolveTextStyle, type TextStyle } from '../consent/dialogue/index.js';
import { type CommandContext, isAboutApp } from './command.js';
import { describeFailure, EXIT, exitStatusOf, InterruptedError } from './exit-status.js';
import type { CommandIo, Output } from './io.js';
import { createProgramTree, type GlobalOptions, type ProgramDefinition } from './program-tree.js';
import { createWriter } from './writer.js';

/** What an app, or the `sotto` program for it, gives to a command. */
export type Opened = Omit<CommandContext, 'io' | 'out' | 'err'>;

/** A command line, and how to come by the app that it is about. */
export interface CommandLine extends ProgramDefinition {
  /** Called once it is known that a command about an app runs, and never for help. @throws as a command may */
  open(globals: GlobalOptions, io: CommandIo): Opened | Promise<Opened>;
}

/**
 * Run what was typed.
 *
 * @param args - the arguments alone
 * @returns the exit status, one of {@link EXIT}. Never rejects: what goes wrong is one sentence on standard error
 */
export async function runCommandLine(
  args: readonly string[],
  line: CommandLine,
  io: CommandIo,
): Promise<number> {
  const out = createWriter(io.stdout, styleOf(io.stdout, io));
  const err = createWriter(io.stderr, styleOf(io.stderr, io));
  let status: number = EXIT.done;
  const { typed, command } = takeCommand(args, line);
  const program = createProgramTree(line, { out, err }, async (definition, input, globals) => {
    const streams = { io, out, err };
    const openApp = async () => ({ ...(await line.open(globals, io)), ...streams });
    status = isAboutApp(definition)
      ? await definition.run(await openApp(), input)
      : await definition.run(
          { name: line.name, ...streams, openApp, typedApp: globals.app },
          { ...input, ...(command && { command }) },
        );
  });
  try {
    if (args.length === 0) program.help({ error: true });
    await program.parseAsync([...typed], { from: 'user' });
    return io.interrupted.aborted ? EXIT.interrupted : status;
  } catch (error) {
    // What failed because of Ctrl-C needs no words.
    if (io.interrupted.aborted || error instanceof InterruptedError) return EXIT.interrupted;
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
    err.line(describeFailure(error));
    return exitStatusOf(error);
  }
}

/** What stands behind `--` of a command that is about another one: nothing of it is ours, whatever it looks like. */
function takeCommand(
  args: readonly string[],
  { commands }: CommandLine,
): { readonly typed: readonly string[]; readonly command?: readonly string[] } {
  const end = args.indexOf('--');
  const typed = args.slice(0, Math.max(0, end));
  const isTaken = commands.some(({ name, takesCommand }) => takesCommand && typed.includes(name));
  return isTaken ? { typed, command: args.slice(end + 1) } : { typed: args };
}

function styleOf({ isTTY, columns }: Output, { environment }: CommandIo): TextStyle {
  const { platform } = process;
  return resolveTextStyle({ env: environment.env, isTerminal: isTTY === true, columns, platform });
}

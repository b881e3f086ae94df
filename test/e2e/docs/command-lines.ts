import { SOTTO_COMMANDS } from '../../../src/cli/commands/index.js';
import { describeAppCommand } from '../../../src/cli/create-telemetry-command.js';
import { CONFIG_DIR_OPTION } from '../../../src/cli/open-app.js';
import { createProgramTree, type ProgramDefinition } from '../../../src/cli/program-tree.js';
import { createWriter } from '../../../src/cli/writer.js';

const APP = 'acme';

const SOTTO: ProgramDefinition = {
  name: 'sotto',
  description: '',
  options: [
    { flags: '--version', description: '' },
    { flags: '--app <name>', description: '' },
    { flags: '--events <file>', description: '' },
    CONFIG_DIR_OPTION,
  ],
  commands: SOTTO_COMMANDS,
};

/** A call of the program, or of the telemetry commands of the app of the documents, at the start of a command. */
const CALL =
  /(?:^|[|;&(] *|[A-Z_]+=\S+ |then |npx )(sotto|acme telemetry)((?: +(?:'[^']*'|"[^"]*"|[^\s|;&()<>#'"]+))*)/gm;

export interface Call {
  readonly program: 'sotto' | 'acme telemetry';
  readonly args: readonly string[];
}

/** The calls of our own programs in lines of a shell. */
export function callsIn(script: string): readonly Call[] {
  const joined = script.replaceAll(/\\\n\s*/g, '').replaceAll(/ \d?[<>]+ *\S+/g, '');
  return [...joined.matchAll(CALL)].map(([, program, typed = '']) => ({
    program: program as Call['program'],
    args: [...typed.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(
      ([, single, double, plain]) => single ?? double ?? plain ?? '',
    ),
  }));
}

/** The calls in the sentences of a document. `<id>` stands for anything; what ends in `…` is no whole call. */
export function callsInProse(document: string): readonly Call[] {
  const prose = document.replaceAll(/^ *```[\s\S]*?^ *```$/gm, '');
  return [...prose.matchAll(/`([^`\n]+)`/g)]
    .flatMap(([, code = '']) => callsIn(code.replaceAll(/[<>]/g, '')))
    .filter(({ args }) => args.length > 0 && !args.includes('…'));
}

/** Parse a call as the program would, and do nothing. @returns what is wrong with it; undefined when nothing is */
export async function mistakeIn({ program, args }: Call): Promise<string | undefined> {
  const said: string[] = [];
  const writer = createWriter(
    { write: (text: string) => void said.push(text) },
    { width: 80, color: false, unicode: true },
  );
  const definition = program === 'sotto' ? SOTTO : describeAppCommand(APP, program);
  const own = args.includes('--') ? args.slice(0, args.indexOf('--')) : args;
  try {
    await createProgramTree(definition, { out: writer, err: writer }, async () => {}).parseAsync([...own], {
      from: 'user',
    });
    return undefined;
  } catch (error) {
    // The help and the version end it too.
    return (error as { exitCode?: number }).exitCode === 0 ? undefined : said.join('');
  }
}

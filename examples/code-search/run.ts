/** Shows the whole program with its effects passed in: words go in, text and an exit status come out. */
import { parseArguments, USAGE } from './arguments.js';
import { buildIndex } from './build-index.js';
import { formatMatches } from './format.js';
import { search } from './search.js';
import { FolderError } from './walk.js';

export interface Effects {
  /** Receives matches and help. */
  readonly out: (text: string) => void;
  /** Receives everything a pipe should not see: the summary, warnings, mistakes. */
  readonly err: (text: string) => void;
  readonly signal: AbortSignal;
}

const EXIT = { ok: 0, usage: 2, interrupted: 130 } as const;

/** @returns the exit status: 0 for an answer, also an empty one, 2 for a mistake of the caller, 130 when interrupted */
export async function run(args: readonly string[], { out, err, signal }: Effects): Promise<number> {
  const command = parseArguments(args);
  switch (command.kind) {
    case 'help':
      out(`${USAGE}\n`);
      return EXIT.ok;
    case 'mistake':
      err(`${command.message}\n\n${USAGE}\n`);
      return EXIT.usage;
    case 'search':
      break;
    default:
      command satisfies never;
  }

  try {
    const index = await buildIndex(command.folder, { signal });
    const response = search(index, command.query, command);
    out(formatMatches(response.matches));
    err([response.summary, ...response.warnings, ''].join('\n'));
    return EXIT.ok;
  } catch (error) {
    if (signal.aborted) return EXIT.interrupted;
    if (!(error instanceof FolderError)) throw error;
    err(`${error.message}\n\n${USAGE}\n`);
    return EXIT.usage;
  }
}

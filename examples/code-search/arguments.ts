/** Shows a command line read into a typed request, or into a sentence that says what is wrong with it. */
import { parseArgs } from 'node:util';
import { DEFAULT_LIMIT, DEFAULT_RANKING, isLimit, MAX_LIMIT, RANKINGS, type Ranking } from './search.js';

export type Command =
  | { readonly kind: 'search'; folder: string; query: string; ranking: Ranking; limit: number }
  | { readonly kind: 'help' }
  | { readonly kind: 'mistake'; readonly message: string };

export const USAGE = `Usage: code-search <folder> <query> [options]

Finds the lines of a folder's text files that answer a query.

  --ranking <name>  ${RANKINGS.join(' or ')} (default: ${DEFAULT_RANKING})
  --limit <number>  most matches to print, 1 to ${MAX_LIMIT} (default: ${DEFAULT_LIMIT})
  --help            print this text

A query that starts with a dash goes behind a double dash: code-search . -- --limit`;

/** @param args - what follows the program's name. Several words of a query need no quotes. */
export function parseArguments(args: readonly string[]): Command {
  const parsed = readOptions(args);
  if (parsed instanceof Error) return mistake(parsed.message);
  const { ranking = DEFAULT_RANKING, limit = String(DEFAULT_LIMIT), help } = parsed.values;
  const [folder = '', ...words] = parsed.positionals;
  const query = words.join(' ').trim();

  if (help) return { kind: 'help' };
  if (folder === '') return mistake('Name a folder to search.');
  if (query === '') return mistake('Say what to search for.');
  if (!isRanking(ranking)) return mistake(`--ranking is one of: ${RANKINGS.join(', ')}.`);
  if (!isLimit(toNumber(limit))) return mistake(`--limit is a whole number from 1 to ${MAX_LIMIT}.`);
  return { kind: 'search', folder, query, ranking, limit: toNumber(limit) };
}

function readOptions(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        ranking: { type: 'string' },
        limit: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    return error as Error;
  }
}

const mistake = (message: string): Command => ({ kind: 'mistake', message });
const isRanking = (name: string): name is Ranking => (RANKINGS as readonly string[]).includes(name);
const toNumber = (digits: string): number => (/^\d+$/.test(digits) ? Number(digits) : Number.NaN);

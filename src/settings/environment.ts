import { join } from 'node:path';
import { requireLate } from '../internal/index.js';
import { readSmallTextFile } from './small-text-file.js';
import { readSurroundings } from './surroundings.js';
import type { Environment } from './variables.js';

/**
 * Read the process's environment and the `.env` file of a directory.
 *
 * @param directory - where to look for `.env`; the working directory unless given
 * @returns `process.env` itself, not a copy (on Windows its look-up ignores case), what `.env` holds, and what shows that
 *   nobody is there to be asked
 * @remarks Never throws, never writes to `process.env`, prints nothing. Anything but a regular file is no `.env`: a
 * directory of that name is somebody's virtual environment.
 */
export function readEnvironment(directory?: string): Environment {
  return { env: process.env, surroundings: readSurroundings(), ...readDotenv(directory) };
}

type Dotenv = Omit<Environment, 'env' | 'surroundings'>;

const UNREADABLE: Dotenv = { dotenv: {}, isDotenvUnreadable: true };

function readDotenv(directory: string | undefined): Dotenv {
  const path = dotenvPath(directory);
  const file = path === undefined ? undefined : readSmallTextFile(path);
  switch (file?.status) {
    case undefined:
    case 'absent':
    case 'no_file':
      return { dotenv: {} };
    case 'hidden':
    case 'unreadable':
      return UNREADABLE;
    case 'found':
      return { ...parseDotenv(file.text), ...(file.isForeign ? { isDotenvForeign: true } : {}) };
    default:
      return file satisfies never;
  }
}

/** Undefined where the working directory is gone: nothing can be in it. */
function dotenvPath(directory: string | undefined): string | undefined {
  try {
    return join(directory ?? process.cwd(), '.env');
  } catch {
    return undefined;
  }
}

function parseDotenv(content: string): Dotenv {
  try {
    // Loaded here and not above: most programs have no `.env` to parse and start faster without the parser.
    const { parse } = requireLate('dotenv') as typeof import('dotenv');
    // The default parser takes quadratic time on blank lines: seconds for a file of this size.
    return { dotenv: parse(content, { fast: true }), dotenvOfNode: parseAsNode(content) };
  } catch {
    return UNREADABLE;
  }
}

/** What `node --env-file` makes of it. Loaded by its first use, as above. */
function parseAsNode(content: string): NonNullable<Environment['dotenvOfNode']> {
  return process.getBuiltinModule('node:util').parseEnv(content);
}

import { readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Environment } from './variables.js';

const MAX_DOTENV_BYTES = 65_536;

/**
 * Read the process's environment and the `.env` file of a directory. The one place of this package that does.
 *
 * @param directory - where to look for `.env`; the working directory unless given
 * @returns `process.env` itself, not a copy (on Windows its look-up ignores case), and what `.env` holds
 * @remarks Never throws, never writes to `process.env`, prints nothing. Anything but a regular file is no `.env`:
 * a directory of that name is somebody's virtual environment, and opening a pipe may wait or ask for a password.
 */
export function readEnvironment(directory?: string): Environment {
  const { env } = process;
  const path = dotenvPath(directory);
  if (path === undefined) return { env, dotenv: {} };
  try {
    const file = statSync(path, { throwIfNoEntry: false });
    if (file?.isFile() !== true) return { env, dotenv: {} };
    if (file.size > MAX_DOTENV_BYTES) return { env, dotenv: {}, isDotenvUnreadable: true };
    return { env, dotenv: parseDotenv(decode(readFileSync(path))) };
  } catch {
    return { env, dotenv: {}, isDotenvUnreadable: true };
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

/** UTF-8, or UTF-16 with the mark that Windows PowerShell writes when it redirects into a file. */
function decode(bytes: Buffer): string {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return bytes.toString(isUtf16 ? 'utf16le' : 'utf8');
}

function parseDotenv(content: string): Record<string, string> {
  // Loaded here and not above: most programs have no `.env` to parse and start faster without the parser.
  const { parse } = createRequire(import.meta.url)('dotenv') as typeof import('dotenv');
  // The default parser takes quadratic time on blank lines: seconds for a file of this size.
  return parse(content, { fast: true });
}

import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { quietly } from '../../internal/index.js';
import type { CommandIo } from '../io.js';

/** A command that can be run elsewhere: files that it names by where they are from here are named by their whole path. */
export function fromHere(
  [program = '', ...args]: readonly string[],
  io: Pick<CommandIo, 'cwd'>,
): readonly string[] {
  const whole = (text: string) => {
    const path = resolve(io.cwd, text);
    return isFile(path) ? path : text;
  };
  // A program without a place is looked for in the path, whatever lies here.
  return [/[/\\]/.test(program) ? whole(program) : program, ...args.map(whole)];
}

const isFile = (path: string): boolean => quietly(() => statSync(path).isFile()) === true;

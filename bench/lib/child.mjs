/**
 * The other end of `runProgram`. Imports nothing, so that a program which measures how long an import takes starts with
 * as little loaded as possible.
 */

/** What the program was called with. @returns {any[]} */
export const programArguments = () => process.argv.slice(2).map((text) => JSON.parse(text));

/** Hand the result to `runProgram` and end: what a library still has open must not count. */
export function finish(result) {
  process.stdout.write(JSON.stringify(result), () => process.exit(0));
}

/** Shows code search as a program: `npx tsx examples/code-search/cli.ts <folder> "<query>"`. */
import { run } from './run.js';

const interruption = new AbortController();
// Once: a second Ctrl-C ends the program in the ordinary way, should the first not be enough.
process.once('SIGINT', () => interruption.abort());

for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // The reader has seen enough, as `head` does: that is no failure of ours.
    if (error.code !== 'EPIPE') throw error;
  });
}

process.exitCode = await run(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  signal: interruption.signal,
});

import type { Output } from './io.js';

/**
 * Let all that the process prints go elsewhere: standard output is for the answer alone.
 *
 * @returns puts it back
 */
export function setStdoutAside(elsewhere: Output): () => void {
  const { stdout } = process;
  const { write } = stdout;
  stdout.write = (text: string | Uint8Array, ...rest: unknown[]) => {
    elsewhere.write(typeof text === 'string' ? text : Buffer.from(text).toString());
    const done = rest.find((argument) => typeof argument === 'function');
    if (done) process.nextTick(done);
    return true;
  };
  return () => {
    stdout.write = write;
  };
}

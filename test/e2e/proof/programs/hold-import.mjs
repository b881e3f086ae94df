/**
 * Loaded with `node --import`: holds the import of what talks to the server until somebody has written to the pipe that
 * `HOLD_IMPORT` names, as a slow disk would. Whoever opens the pipe for writing knows when the program has come so far.
 */
import { readFileSync } from 'node:fs';
import { register } from 'node:module';
import { isMainThread } from 'node:worker_threads';

if (isMainThread) register(import.meta.url);

export async function resolve(specifier, context, nextResolve) {
  if (/posthog/.test(specifier)) holdOnce();
  return nextResolve(specifier, context);
}

let isHeld = false;

function holdOnce() {
  if (isHeld) return;
  isHeld = true;
  readFileSync(process.env.HOLD_IMPORT);
}

/**
 * Loaded into programs by `NODE_OPTIONS=--import=…`: notes every process that the program starts, with its arguments, in the file
 * that `SOTTO_RUN_NOTES` names. Says nothing and changes nothing, also where the file cannot be written.
 */
import childProcess, { type ChildProcess } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const { SOTTO_RUN_NOTES: notes } = process.env;

/** These do not come to that. Node.js calls none of them from another. */
type Synchronous = 'spawnSync' | 'execFileSync' | 'execSync';

function note(line: object): void {
  if (notes === undefined) return;
  try {
    appendFileSync(notes, `${JSON.stringify(line)}\n`);
  } catch {
    // A disk without room is what some programs are looked at on.
  }
}

/** What an asynchronous start of any kind comes to. */
interface Startable {
  spawn(options: { readonly args?: readonly string[] }): unknown;
}

const prototype = childProcess.ChildProcess.prototype as unknown as Startable;
const { spawn } = prototype;
prototype.spawn = function (this: ChildProcess & Startable, options) {
  const result = spawn.call(this, options);
  if (this.pid !== undefined) note({ pid: this.pid, args: options.args?.map(String) ?? [] });
  return result;
};

function noteSynchronous(name: Synchronous): void {
  const start = childProcess[name] as (...args: unknown[]) => unknown;
  const noted = (...args: unknown[]) => {
    note({ args: [args[0], ...(Array.isArray(args[1]) ? args[1] : [])].map(String) });
    return start(...args);
  };
  Object.defineProperty(childProcess, name, { value: noted, configurable: true, writable: true });
}

for (const name of ['spawnSync', 'execFileSync', 'execSync'] as const) noteSynchronous(name);
syncBuiltinESMExports();
note({ started: process.pid });

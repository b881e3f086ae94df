import { existsSync } from 'node:fs';
import {
  type Environment,
  isProxyVariable,
  type Proxies,
  toOwnVariables,
  toProxyVariables,
} from '../../settings/index.js';

export interface FlusherStart {
  /** Absolute path of the flusher. */
  readonly script: string;
  /** Where it works: the state directory. */
  readonly directory: string;
  /** By which it takes over what was reserved for it. */
  readonly token: string;
  /** Of this process. */
  readonly environment: Environment;
  /** What requests of this process go through. */
  readonly proxies: Proxies;
}

/** The variable that holds the token. Nothing goes into the arguments: everybody on the machine can read those. */
const TOKEN_VARIABLE = 'SOTTO_FLUSHER';

/** What would have code run, ports opened, files written or channels used that are of this process, or of its debugging. */
const OF_THIS_PROCESS = new Set([
  'ELECTRON_RUN_AS_NODE',
  'NODE_CHANNEL_FD',
  'NODE_CHANNEL_SERIALIZATION_MODE',
  'NODE_DEBUG',
  'NODE_DEBUG_NATIVE',
  'NODE_INSPECT_RESUME_ON_START',
  'NODE_OPTIONS',
  'NODE_PATH',
  'NODE_REDIRECT_WARNINGS',
  'NODE_UNIQUE_ID',
  'NODE_V8_COVERAGE',
  'VSCODE_INSPECTOR_OPTIONS',
  TOKEN_VARIABLE,
]);

/**
 * Start the flusher: a process that this one does not wait for and that outlives it.
 *
 * @returns whether it was started; not whether it comes to send anything
 * @remarks Synchronous, so that it works while the process ends. Never throws. It inherits opt-outs, proxies, certificates and
 *   what shows a test or a CI system; see {@link toFlusherEnv}.
 */
export function startFlusher({ script, directory, token, ...machine }: FlusherStart): boolean {
  try {
    if (!existsSync(script)) return false;
    // Loaded by its first use: most programs start no flusher.
    const { spawn } = process.getBuiltinModule('node:child_process');
    const child = spawn(process.execPath, [script], {
      cwd: directory,
      env: toFlusherEnv(machine, token),
      detached: true,
      stdio: 'ignore',
      windowsHide: true,
    });
    // Heard later, when it could not be started: by then nobody can do anything about it.
    child.on('error', () => {});
    child.unref();
    return child.pid !== undefined;
  } catch {
    return false;
  }
}

/**
 * The environment of the flusher: all of this one but what `.env` may have set, unless it narrows, and what concerns this process
 * only, in any spelling; the proxies as this process knows them, and the token.
 */
export function toFlusherEnv(
  { environment, proxies }: Pick<FlusherStart, 'environment' | 'proxies'>,
  token: string,
): Record<string, string> {
  const inherited = Object.entries(toOwnVariables(environment)).filter(
    ([name]) => !isOfThisProcess(name.toUpperCase()) && !isProxyVariable(name),
  );
  return { ...Object.fromEntries(inherited), ...toProxyVariables(proxies), [TOKEN_VARIABLE]: token };
}

function isOfThisProcess(name: string): boolean {
  return OF_THIS_PROCESS.has(name) || name.startsWith('NODE_REPL_');
}

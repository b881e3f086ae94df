import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { openLocalApiToken } from '../../../src/store/index.js';
import { useBuiltPrograms } from '../../support/built-programs.js';
import { type Answer, type Call, callServer } from '../../wiring/server/local-api/support.js';

/** A studio as its maker would ship it. @returns its path, once tests run */
export function useBuiltStudio(): () => string {
  const program = useBuiltPrograms({ studio: 'test/e2e/local-api/programs/studio.ts' });
  return () => program('studio');
}

/** A studio that runs. */
export interface Studio extends AsyncDisposable {
  call(path: string, call?: Call): Promise<Answer>;
  post(path: string, body?: unknown): Promise<Answer>;
  /** Make it emit a hook or catch a crash. Resolves once that is done. */
  tell(line: object): Promise<void>;
  /** As `kill -9` does. */
  kill(): Promise<void>;
}

export interface StudioOptions {
  readonly directory: string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly options?: Record<string, unknown>;
  /** What the command is run by. */
  readonly through?: (command: readonly string[]) => readonly string[];
}

export async function startStudio(
  path: string,
  { directory, cwd, env, options = {}, through = (command) => command }: StudioOptions,
): Promise<Studio> {
  const given = JSON.stringify({ store: { directory }, ...options });
  const [command = '', ...args] = through([process.execPath, path, given]);
  const child = spawn(command, args, { cwd, env, stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<string> => (await lines.next()).value ?? '';
  const url = await next();
  if (!url.startsWith('http')) throw new Error('The studio has ended without an address.');
  const token = openLocalApiToken(directory);
  const call = (path: string, { headers, ...rest }: Call = {}) => {
    const type = rest.body === undefined ? {} : { 'content-type': 'application/json' };
    return callServer(url + path, {
      ...rest,
      headers: { authorization: `Bearer ${token}`, ...type, ...headers },
    });
  };
  const kill = () => end(child);
  return {
    call,
    post: (path, body) => call(path, { method: 'POST', body }),
    async tell(line) {
      child.stdin.write(`${JSON.stringify(line)}\n`);
      if ((await next()) !== 'done') throw new Error('The studio has ended.');
    },
    kill,
    [Symbol.asyncDispose]: kill,
  };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const closed = once(child, 'close');
  child.kill('SIGKILL');
  await closed;
}

import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { text } from 'node:stream/consumers';
import { fileURLToPath, pathToFileURL } from 'node:url';

export interface ProgramOptions {
  readonly arguments?: readonly string[];
  /** The whole environment besides `PATH`: nothing of this process is handed on. */
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Modules to load before the program, as `node --import` does. */
  readonly imports?: readonly URL[];
}

export interface ProgramResult {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What `node --import` needs to run TypeScript. */
export const TSX = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
const TSCONFIG = fileURLToPath(new URL('../../tsconfig.json', import.meta.url));

/** Run a TypeScript program in a process of its own, and wait for its end. */
export async function runProgram(program: URL, options: ProgramOptions = {}): Promise<ProgramResult> {
  const imports = [TSX, ...(options.imports ?? []).map(({ href }) => href)];
  const child = spawn(
    process.execPath,
    [
      ...imports.flatMap((specifier) => ['--import', specifier]),
      fileURLToPath(program),
      ...(options.arguments ?? []),
    ],
    {
      cwd: options.cwd,
      env: { PATH: process.env.PATH, TSX_TSCONFIG_PATH: TSCONFIG, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const ended = new Promise<Pick<ProgramResult, 'code' | 'signal'>>((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) => resolve({ code, signal }));
  });
  const [stdout, stderr, end] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { ...end, stdout, stderr };
}

import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { onTestFinished } from 'vitest';
import { startProgram } from '../../../e2e/support/program.js';
import { createSandbox, type Sandbox } from '../../../e2e/support/sandbox.js';
import { type Answer, type Call, callServer } from './support.js';

export interface ServedApp {
  readonly sandbox: Sandbox;
  /** The state directory; nothing is there before something is asked for. */
  readonly directory: string;
  /** Of the flags. */
  readonly configFile: string;
  readonly url: string;
  call(path: string, call?: Call): Promise<Answer>;
  post(path: string, body?: unknown): Promise<Answer>;
}

const PROGRAM = fileURLToPath(new URL('programs/serve.ts', import.meta.url));
const TSX = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
const TSCONFIG = fileURLToPath(new URL('../../../../tsconfig.json', import.meta.url));

/**
 * The local API of an app in a process of its own, on a machine of its own: one where nothing has been decided, by nobody.
 *
 * @param hasToken - whether a token is made at the start; otherwise nothing is on disk
 */
export async function serveApp(
  options: Record<string, unknown> = {},
  { hasToken = true, env = {} }: { hasToken?: boolean; env?: Record<string, string> } = {},
): Promise<ServedApp> {
  const sandbox = await createSandbox();
  const directory = join(sandbox.env.HOME ?? '', 'state');
  const configFile = join(sandbox.env.HOME ?? '', 'config', 'acme.json');
  const posthog = { key: 'phc_test', host: 'http://127.0.0.1:9' };
  const given = {
    posthog,
    store: { directory },
    ...(options.umbrellaFlag === true && { configFile }),
    ...options,
  };
  const program = startProgram(
    process.execPath,
    ['--import', TSX, PROGRAM, JSON.stringify(given), '{}', hasToken ? directory : ''],
    { cwd: sandbox.root, env: { ...sandbox.env, TSX_TSCONFIG_PATH: TSCONFIG, ...env } },
  );
  onTestFinished(async () => {
    await program[Symbol.asyncDispose]();
    sandbox[Symbol.dispose]();
  });
  const [url = '', token = ''] = (await program.printed(/^(http.*)\n/)).split(' ');
  const call = (path: string, { headers, ...rest }: Call = {}) => {
    const type = rest.body === undefined ? {} : { 'content-type': 'application/json' };
    return callServer(url + path, {
      ...rest,
      headers: { authorization: `Bearer ${token}`, ...type, ...headers },
    });
  };
  const post = (path: string, body?: unknown) => call(path, { method: 'POST', body });
  return { sandbox, directory, configFile, url, call, post };
}

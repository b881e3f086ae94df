import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CHECKOUT, TSX } from './support/checkout.js';
import { runProgram, startProgram } from './support/program.js';
import { createSandbox, type Sandbox } from './support/sandbox.js';

const DEFAULT_PORT = 7311;
const NPM_START = ['--silent', 'start', '--'];
const SEARCH = ['--only', 'search'];

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await createSandbox();
});
afterEach(() => sandbox[Symbol.dispose]());

const options = (env: Record<string, string> = {}) => ({ cwd: CHECKOUT, env: { ...sandbox.env, ...env } });
const start = (args: readonly string[] = [], env?: Record<string, string>) =>
  runProgram('npm', [...NPM_START, ...args], options(env));

async function createFolder(): Promise<string> {
  const folder = join(sandbox.root, 'project');
  await mkdir(folder);
  await writeFile(join(folder, 'retry.ts'), 'export function retry() {\n  // after a server error\n}\n');
  return folder;
}

describe('npm start', () => {
  it('shows the events that arrived, with counts that agree with each other', async () => {
    const { status, stdout, stderr } = await start();
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });

    const counts = new Map(
      [...stdout.matchAll(/^ +(\d+) {2}(\S+)$/gm)].map(([, n, name]) => [name, Number(n)]),
    );
    expect([...counts.keys()].sort()).toEqual([
      '$feature_flag_called',
      'code_search_index_built',
      'code_search_search',
      'code_search_session',
    ]);
    const total = Number(/^ +(\d+) {2}in total$/m.exec(stdout)?.[1]);
    expect(total).toBe([...counts.values()].reduce((sum, count) => sum + count, 0));
    expect(stdout).toContain(`The client's own count: ${total} sent, 0 waiting, dropped: {}`);
    expect(counts.get('code_search_search')).toBe(stdout.match(/ chosen from \d+ candidates?\.$/gm)?.length);
  });

  it('shows what an installation sends to its vendor, and an organisation that is gone from it', async () => {
    const { status, stdout, stderr } = await start(['--only', 'installation'], {
      DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none',
      VENDOR_SERVICE_URL: 'https://vendor.example',
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    for (const event of ['license_validated_startup', 'analytics_scheduled', 'heartbeat_sent'])
      expect(stdout).toContain(`"service":"telemetry_collector","event":"${event}"`);
    expect(stdout).toMatch(/^What the vendor has of acme: \{"customer_id":"acme",.*"last_heartbeat_at":"20/m);
    expect(stdout).toMatch(/^ {2}total_teams +6 → 3$/m);
    expect(stdout).not.toMatch(/corp\.example|payroll|Sommer/);
  });

  it('indexes the folder it is given', async () => {
    const folder = await createFolder();
    const { status, stdout } = await start([folder, ...SEARCH]);
    expect(status).toBe(0);
    expect(stdout).toContain(`Indexed 1 files of ${folder};`);
  });

  it('gives either variant of the flag to a session, and ranks by it', async () => {
    const folder = await createFolder();
    const seen = new Set<string>();
    for (let run = 0; run < 20 && seen.size < 2; run += 1) {
      const { stdout } = await start([folder, ...SEARCH]);
      const ranking = /this session ranks by (\w+)\./.exec(stdout)?.[1];
      const variant = /^Flag exposure: new_reranker = (\w+)$/m.exec(stdout)?.[1];
      seen.add(`${variant} ranks by ${ranking}`);
    }
    expect([...seen].sort()).toEqual(['control ranks by bm25', 'test ranks by proximity']);
  });

  it('says why nothing is recorded when the user has turned telemetry off', async () => {
    const { status, stdout, stderr } = await start(SEARCH, { DISABLE_TELEMETRY: '1' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain('Telemetry is off: DISABLE_TELEMETRY says so.');
    expect(stdout).not.toContain('in total');
  });

  it('ends with status 2 and one sentence when the folder does not exist', async () => {
    const { status, stderr } = await start([join(sandbox.root, 'nowhere')]);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^[A-Z][^\n]+\.\n$/);
  });

  it('works while another program has the default port', async () => {
    const folder = await createFolder();
    await using _occupied = await occupy(DEFAULT_PORT);
    const { status, stdout } = await start([folder, ...SEARCH]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^Sotto's server listens on http:\/\/127\.0\.0\.1:\d+ /);
    expect(stdout).not.toContain(`:${DEFAULT_PORT}`);
    expect(stdout).toContain('in total');
  });

  it('keeps the server up until Ctrl-C with --stay, then ends well', async () => {
    const folder = await createFolder();
    // A port that nobody takes over as soon as it is free.
    await using _occupied = await occupy(DEFAULT_PORT);
    // Without npm, which ends by the signal itself and hides the status of what it started.
    const args = ['--import', TSX, 'examples/start.ts', folder, '--stay'];
    await using program = startProgram(process.execPath, args, options());
    const url = await program.printed(/The server stays up until Ctrl-C: (\S+)\/events,/);
    const health = await fetch(`${url}/health`);
    expect(health.status).toBe(200);
    program.interrupt();
    const { status, stderr } = await program.outcome;
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    await expect(fetch(`${url}/health`)).rejects.toThrow();
  });

  it.each(['search', 'installation'])('leaves no file of the %s behind', async (part) => {
    await start([await createFolder(), '--only', part]);
    expect(sandbox.leftOver()).toEqual([]);
  });
});

/** Hold a port; somebody else holding it serves as well. */
async function occupy(port: number): Promise<AsyncDisposable> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve);
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve() : reject(error),
    );
    server.listen(port, '127.0.0.1');
  });
  return {
    [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

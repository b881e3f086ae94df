import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where the programs that are measured live. */
const PROGRAMS = new URL('../programs/', import.meta.url);

/**
 * Run a program of `programs/` in a fresh process, in an empty home and working directory, with nothing of this process's
 * environment but the path: no setting of the machine may decide what is measured.
 *
 * @typedef {{ result: any, wallMs: number, endedNs: bigint }} Run the JSON that the program printed, its life until all it
 *   printed was read, and when this process heard of its end, on the clock of `process.hrtime`
 *
 * @param {string} name such as `capture.mjs`
 * @param {readonly unknown[]} args handed over as JSON
 * @param {object} [options]
 * @param {readonly string[]} [options.nodeOptions] such as `--expose-gc`
 * @param {Record<string, string>} [options.env] besides the path, the home and `NODE_ENV`
 * @param {(home: string) => unknown} [options.afterwards] called before the home is removed, however the program ended
 * @param {number} [options.cutoffMs] after which it is ended, and what it printed until then is the result
 * @returns {Promise<Run>}
 * @throws {Error} when it exits with another status than 0, with what it said on stderr
 */
export async function runProgram(name, args = [], { nodeOptions = [], env = {}, afterwards, cutoffMs } = {}) {
  const home = mkdtempSync(join(tmpdir(), 'sotto-bench-'));
  try {
    return await spawnProgram(fileURLToPath(new URL(name, PROGRAMS)), args, {
      nodeOptions,
      env,
      home,
      cutoffMs,
    });
  } finally {
    await afterwards?.(home);
    rmSync(home, { recursive: true, force: true });
  }
}

function spawnProgram(path, args, { nodeOptions, env, home, cutoffMs }) {
  return new Promise((resolve, reject) => {
    const startedMs = performance.now();
    let endedNs;
    const child = spawn(process.execPath, [...nodeOptions, path, ...args.map((arg) => JSON.stringify(arg))], {
      cwd: home,
      env: { PATH: process.env.PATH, HOME: home, NODE_ENV: 'production', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text) => {
      stderr += text;
    });
    let isCut = false;
    const cutoff =
      cutoffMs &&
      setTimeout(() => {
        isCut = child.kill('SIGKILL');
      }, cutoffMs);
    child.on('error', reject);
    child.on('exit', () => {
      endedNs = process.hrtime.bigint();
      clearTimeout(cutoff);
    });
    child.on('close', (status) => {
      const wallMs = performance.now() - startedMs;
      if (status === 0 || isCut) resolve({ result: readResult(stdout), wallMs, endedNs });
      else reject(new Error(`${path} ended with status ${status}: ${stderr}`));
    });
  });
}

/** The last line: a service logs before it. */
function readResult(stdout) {
  return stdout === '' ? undefined : JSON.parse(stdout.slice(stdout.trimEnd().lastIndexOf('\n') + 1));
}

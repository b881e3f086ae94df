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
 * @param {string} name such as `capture.mjs`
 * @param {readonly unknown[]} args handed over as JSON
 * @param {readonly string[]} nodeOptions such as `--expose-gc`
 * @returns {Promise<{ result: unknown, wallMs: number }>} the JSON that the program printed, and its life in milliseconds
 * @throws {Error} when it exits with another status than 0, with what it said on stderr
 */
export async function runProgram(name, args = [], nodeOptions = []) {
  const home = mkdtempSync(join(tmpdir(), 'sotto-bench-'));
  try {
    return await spawnProgram(fileURLToPath(new URL(name, PROGRAMS)), args, nodeOptions, home);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

function spawnProgram(path, args, nodeOptions, home) {
  return new Promise((resolve, reject) => {
    const startedMs = performance.now();
    const child = spawn(process.execPath, [...nodeOptions, path, ...args.map((arg) => JSON.stringify(arg))], {
      cwd: home,
      env: { PATH: process.env.PATH, HOME: home, NODE_ENV: 'production' },
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
    child.on('error', reject);
    child.on('close', (status) => {
      const wallMs = performance.now() - startedMs;
      if (status === 0) resolve({ result: stdout === '' ? undefined : JSON.parse(stdout), wallMs });
      else reject(new Error(`${path} ended with status ${status}: ${stderr}`));
    });
  });
}

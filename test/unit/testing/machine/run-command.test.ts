import { spawnSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { RunOptions } from '../../../../src/testing/machine/contract.js';
import { createMachine } from '../../../../src/testing/machine/index.js';
import { runNoting } from '../../../../src/testing/machine/run-command.js';
import { useBuiltPrograms } from '../../../support/built-programs.js';

const program = useBuiltPrograms({ 'note children': 'src/testing/machine/note-children.ts' });
const hook = () => pathToFileURL(program('note children'));

type Options = Partial<Omit<RunOptions, 'command' | 'machine'>>;

/** Run some JavaScript on a machine of its own. */
async function run(script: string, options: Options = {}, notes = hook()) {
  await using machine = await createMachine({ app: 'acme' });
  const command = [process.execPath, '--input-type=module', '--eval', script];
  return await runNoting({ command, machine, timeoutMs: 15_000, graceMs: 0, ...options }, notes);
}

/** What has ended and was not fetched by anybody, as in a container without an init, runs no more. */
function isRunning(pid: number): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', `${pid}`], { encoding: 'utf8' });
  return stdout.trim() !== '' && !stdout.trim().startsWith('Z');
}

/** How many processes have this text among their arguments. */
function runningWith(text: string): number {
  const { stdout } = spawnSync('ps', ['-eo', 'stat=,args='], { encoding: 'utf8' });
  return stdout.split('\n').filter((line) => line.includes(text) && !line.startsWith('Z')).length;
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setImmediate(resolve));
}

const START_SLEEPER = `
  import { spawn } from 'node:child_process';
  spawn(process.execPath, ['--eval', 'setTimeout(() => {}, 60_000)', 'sleeper'], OPTIONS).unref();`;
const DETACHED = START_SLEEPER.replace('OPTIONS', "{ detached: true, stdio: 'ignore' }");
const WITHOUT_MARK = START_SLEEPER.replace('OPTIONS', "{ detached: true, stdio: 'ignore', env: {} }");

describe('a command that is run on a machine', () => {
  it('is seen by its output, its error output, its status and its signal', async () => {
    const result = await run('console.log("said"); console.error("complained"); process.exitCode = 3');
    expect(result).toMatchObject({ status: 3, signal: null, stdout: 'said\n', stderr: 'complained\n' });
    expect(result.hasTimedOut).toBe(false);
    expect(await run('process.kill(process.pid, "SIGTERM")')).toMatchObject({
      status: null,
      signal: 'SIGTERM',
    });
  });

  it('stands in the home of the machine, and sees none of the variables of who runs it', async () => {
    process.env.SOTTO_TEST_OWN = 'own';
    const { stdout } = await run(
      'console.log(process.env.HOME === process.cwd().slice(0, process.env.HOME.length), process.env.SOTTO_TEST_OWN, process.env.ADDED, process.env.USER)',
      { env: { ADDED: 'added', USER: undefined } },
    );
    expect(stdout).toBe('true undefined added undefined\n');
  });

  it('is timed from its last byte to its end', async () => {
    const { exitMs, durationMs } = await run('console.log("done"); setTimeout(() => {}, 400)');
    expect(exitMs).toBeGreaterThan(350);
    expect(durationMs).toBeGreaterThanOrEqual(exitMs ?? 0);
    expect((await run('')).exitMs).toBeUndefined();
  });

  it('is killed with all that it started when it takes too long', async () => {
    const result = await run(`${DETACHED} setTimeout(() => {}, 60_000)`, { timeoutMs: 700 });
    expect(result).toMatchObject({ hasTimedOut: true, signal: 'SIGKILL' });
    for (const { pid } of result.children ?? []) expect(isRunning(pid)).toBe(false);
    expect(result.children).not.toEqual([]);
  });

  it('is ended with all that it started, and rejects, when its run is aborted', async () => {
    const stop = new AbortController();
    const mark = `sleeper-${Math.random()}`;
    const script = `${DETACHED.replace('sleeper', mark)} setTimeout(() => {}, 60_000)`;
    const running = run(script, { abort: stop.signal });
    await until(() => runningWith(`setTimeout(() => {}, 60_000) ${mark}`) > 0);
    stop.abort(new Error('interrupted'));
    await expect(running).rejects.toThrow('interrupted');
    expect(runningWith(mark)).toBe(0);
  });

  it('cannot be started where there is no such program', async () => {
    await using machine = await createMachine({ app: 'acme' });
    const command = ['no-such-program-anywhere'];
    await expect(runNoting({ command, machine, timeoutMs: 1_000, graceMs: 0 }, hook())).rejects.toThrow(
      'ENOENT',
    );
  });
});

describe('signals', () => {
  it('are sent when the program has printed something, to its whole group', async () => {
    const script =
      'process.on("SIGINT", () => process.exit(7)); console.log("up"); setTimeout(() => {}, 60_000)';
    const result = await run(script, { signal: { name: 'SIGINT', afterMs: 10_000 } });
    expect(result).toMatchObject({ status: 7, stdout: 'up\n' });
    expect(result.durationMs).toBeLessThan(9_000);
  });

  it('are sent after some time to a program that prints nothing', async () => {
    const result = await run('setTimeout(() => {}, 60_000)', { signal: { name: 'SIGINT', afterMs: 300 } });
    expect(result).toMatchObject({ status: null, signal: 'SIGINT', stdout: '' });
  });
});

describe('what a program starts', () => {
  it('is noted with its arguments, however it is started and however short it lives', async () => {
    const script = `
      import { execFileSync, execSync, exec, spawnSync } from 'node:child_process';
      spawnSync(process.execPath, ['--version', 'one']);
      execFileSync(process.execPath, ['--version', 'two']);
      execSync('true three');
      exec('true four');`;
    const { children = [] } = await run(script);
    const texts = children.filter(({ isNoted }) => isNoted).map(({ args }) => args.join(' '));
    expect(texts).toEqual([
      `${process.execPath} --version one`,
      `${process.execPath} --version two`,
      'true three',
      '/bin/sh -c true four',
    ]);
  });

  it.each([
    ['detached', DETACHED],
    ['detached, with an environment of its own', WITHOUT_MARK],
  ])('is killed, and told, when it outlives the grace: %s', async (_, script) => {
    const { survivors, status } = await run(script, { graceMs: 200 });
    expect(status).toBe(0);
    expect(survivors?.map(({ args }) => args.at(-1))).toEqual(['sleeper']);
    for (const { pid } of survivors ?? []) expect(isRunning(pid)).toBe(false);
  });

  it('may end by itself within the grace', async () => {
    const script = DETACHED.replace('60_000', '300');
    const { survivors, children } = await run(script, { graceMs: 10_000 });
    expect(survivors).toEqual([]);
    expect(children?.length).toBe(1);
  });

  it.runIf(process.platform === 'linux')('is seen on Linux without notes too', async () => {
    const { survivors } = await run(DETACHED, { graceMs: 200 }, new URL('file:///nowhere/hook.mjs'));
    expect(survivors?.map(({ args }) => args.at(-1))).toEqual(['sleeper']);
  });

  it('keeps the options that a person gave to Node.js', async () => {
    const env = { NODE_OPTIONS: '--title=theirs' };
    expect((await run('console.log(process.title)', { env })).stdout).toBe('theirs\n');
  });
});

describe('standard output', () => {
  it('may be closed before anything is written', async () => {
    const script = 'process.stdout.on("error", ({ code }) => console.error(code)); console.log("said")';
    expect(await run(script, { stdout: 'closed' })).toMatchObject({ stdout: '', stderr: 'EPIPE\n' });
  });

  it('may be read only at the end', async () => {
    expect((await run('console.log("said")', { stdout: 'unread' })).stdout).toBe('said\n');
  });
});

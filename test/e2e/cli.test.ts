import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CHECKOUT, TSX } from './support/checkout.js';
import { runProgram, startProgram } from './support/program.js';
import { startOnTerminal } from './support/pty.js';
import { createSandbox, type Sandbox } from './support/sandbox.js';

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await createSandbox();
});
afterEach(() => sandbox[Symbol.dispose]());

const SOTTO = ['--import', TSX, join(CHECKOUT, 'src', 'cli', 'program.ts')];
const ACME = ['--import', TSX, join(CHECKOUT, 'test', 'wiring', 'cli', 'programs', 'acme.ts')];
const EVENTS = join(CHECKOUT, 'test', 'support', 'code-search-event.ts');

/** tsx reads the paths of this checkout from its configuration. */
const environment = (more: Record<string, string> = {}) => ({
  ...sandbox.env,
  LANG: 'C.UTF-8',
  TSX_TSCONFIG_PATH: join(CHECKOUT, 'tsconfig.json'),
  ...more,
});
const start = (program: readonly string[], args: readonly string[], env?: Record<string, string>) =>
  startProgram(process.execPath, [...program, ...args], { cwd: sandbox.root, env: environment(env) });
const run = (program: readonly string[], args: readonly string[], env?: Record<string, string>) =>
  runProgram(process.execPath, [...program, ...args], { cwd: sandbox.root, env: environment(env) });

describe('the program sotto', () => {
  it.each([
    [['--help'], 0, /^Usage: sotto <command> \[options\]\n/],
    [['--version'], 0, /^\d+\.\d+\.\d+\n$/],
    [['enable', '--help'], 0, /^Usage: sotto enable/],
    [['status', '--app', 'acme'], 0, /^Telemetry of acme\n/],
    [['catalog', '--app', 'acme', '--events', EVENTS], 0, /^Event code_search\n/],
  ])('answers %j on standard output', async (args, expected, answer) => {
    const { status, stdout } = await run(SOTTO, args);
    expect(status).toBe(expected);
    expect(stdout).toMatch(answer);
    expect(sandbox.leftOver()).toEqual([]);
  });

  it.each([
    [[], 2, /^Usage: sotto/],
    [['bogus'], 2, /^error: unknown command 'bogus'\n\nUsage: sotto/],
    [['status'], 2, /^Say which app is meant[^\n]+\n$/],
    [['status', '--app', 'Not An App'], 2, /^Option app must be[^\n]+\n$/],
    [['status', '--app', 'acme', '--events', 'nowhere.js'], 2, /^The module of --events cannot be loaded/],
    [
      ['enable', '--app', 'acme'],
      2,
      /^Nothing was changed: this asks first, and standard input is no terminal/,
    ],
  ])('says on standard error what is wrong with %j', async (args, expected, message) => {
    const { status, stdout, stderr } = await run(SOTTO, args);
    expect({ status, stdout }).toEqual({ status: expected, stdout: '' });
    expect(stderr).toMatch(message);
    expect(sandbox.leftOver()).toEqual([]);
  });

  it.runIf(existsSync('/dev/full'))(
    'fails without a stack trace where its answer cannot be kept',
    async () => {
      const command = 'exec "$0" "$@" status --app acme > /dev/full';
      const args = ['-c', command, process.execPath, ...SOTTO];
      const { status, stderr } = await runProgram('sh', args, { cwd: sandbox.root, env: environment() });
      expect(status).toBe(1);
      expect(stderr).toMatch(/^[^\n]+\nThe answer could not be written: ENOSPC\.\n$/);
    },
  );

  it('makes no bundle of an app whose flag is off, and says so, as its local API does', async () => {
    const app = ['--app', 'studio'];
    await run(SOTTO, ['enable', ...app, '--yes']);
    await run(SOTTO, ['enable', 'diagnostics', ...app, '--yes']);
    const refused = await run(SOTTO, ['diagnostics', ...app]);
    expect({ status: refused.status, stdout: refused.stdout }).toEqual({ status: 1, stdout: '' });
    expect(refused.stderr).toContain(
      'features.enable_observability in ~/.config/studio/studio.json is not true',
    );
    expect(sandbox.leftOver().filter((path) => /diagnostics|secret/.test(path))).toEqual([]);

    const config = join(sandbox.root, 'home', '.config', 'studio');
    mkdirSync(config, { recursive: true });
    writeFileSync(join(config, 'studio.json'), '{ "features": { "enable_observability": true } }');
    const { status, stdout } = await run(SOTTO, ['diagnostics', ...app, '--json']);
    expect(status).toBe(0);
    expect(JSON.parse(stdout).path).toMatch(/studio-diagnostics-\d{8}_\d{6}-[0-9a-f]{8}\.zip$/);
  });

  it('keeps what the module of --events prints out of its answer', async () => {
    const file = join(sandbox.root, 'events.mjs');
    writeFileSync(file, `export * from ${JSON.stringify(EVENTS)};\nconsole.log('hello');\n`);
    const { status, stdout, stderr } = await run(SOTTO, [
      'catalog',
      '--json',
      '--app',
      'acme',
      '--events',
      'events.mjs',
    ]);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toHaveProperty('events');
    expect(stderr).toContain('hello\n');
    expect((await run(SOTTO, ['--help'])).stdout).toContain('it is run');
  });

  it('shows nothing of a module that fails but what can be read', async () => {
    writeFileSync(join(sandbox.root, 'events.mjs'), "throw new Error('a\\u001b]0;owned\\u0007\\u202eb\\nc')");
    const { status, stdout, stderr } = await run(SOTTO, [
      'status',
      '--app',
      'acme',
      '--events',
      'events.mjs',
    ]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(
      /^The module of --events cannot be loaded: events\.mjs \(Error: a \]0;owned {2}b c\)\.[^\n]+\n$/,
    );
    expect(stderr.trimEnd()).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });

  it('works for a user without home, in ASCII', async () => {
    const env = { HOME: '', LANG: 'C' };
    const { status, stdout } = await run(SOTTO, ['status', '--app', 'acme'], env);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^\p{ASCII}+$/u);
    expect(stdout).toContain('no place for it: you have no home directory');
    const yes = await run(SOTTO, ['enable', '--yes', '--app', 'acme'], env);
    expect({ status: yes.status, stdout: yes.stdout }).toEqual({ status: 1, stdout: '' });
    expect(yes.stderr).toMatch(/^The decision about telemetry could not be kept[^\n]+\n$/);
  });
});

describe('the commands of an app', () => {
  it('take a person through all that they may want', async () => {
    const telemetry = (...args: string[]) => run(ACME, ['telemetry', ...args]);
    const state = join(sandbox.root, 'home', '.local', 'share', 'acme', 'telemetry');
    const consent = () => readFileSync(join(state, 'telemetry_config.json'), 'utf8');

    await run(ACME, ['search']);
    expect(sandbox.leftOver()).toEqual([]);

    expect((await telemetry('local')).status).toBe(0);
    await run(ACME, ['search']);
    const before = consent();
    await run(ACME, ['search', '--disable-telemetry']);
    expect(consent()).toBe(before);
    const shown = await telemetry('show-data', '--json');
    expect(JSON.parse(shown.stdout)).toEqual([
      expect.objectContaining({ events: [expect.objectContaining({ event_type: 'code_search' })] }),
    ]);

    expect((await telemetry('export', 'mine.json')).stdout).toContain('Data exported to');
    expect(JSON.parse(readFileSync(join(sandbox.root, 'mine.json'), 'utf8'))).toMatchObject({
      config: { telemetry_enabled: true, dry_run: true },
      telemetry_files: [{ filename: expect.stringMatching(/^telemetry_/) }],
    });
    expect((await telemetry('disable')).status).toBe(0);
    expect((await telemetry('clear-data', '--yes')).stdout).toBe('✓ Deleted 1 file.\n');
    expect(sandbox.leftOver().filter((path) => path.includes('telemetry/'))).toEqual([
      'home/.local/share/acme/telemetry/telemetry_config.json',
    ]);
  });

  it('end quietly when their reader has seen enough', async () => {
    await run(ACME, ['telemetry', 'local']);
    for (let count = 0; count < 3; count += 1) await run(ACME, ['search']);
    const commands = ['status', 'catalog', 'settings', 'show-data', 'show-data --json', 'preview', '--help'];
    const words = [process.execPath, ...ACME].map((word) => `'${word}'`).join(' ');
    for (const command of commands) {
      // A reader that has left before the first byte, and the status of the program itself.
      const script = `{ ${words} telemetry ${command}; echo $? >status; } | true; cat status`;
      const { stdout, stderr } = await runProgram('sh', ['-c', script], {
        cwd: sandbox.root,
        env: environment(),
      });
      expect({ command, stdout, stderr }).toEqual({ command, stdout: '0\n', stderr: '' });
    }
  });

  it('end with 130 when they are interrupted', async () => {
    await using program = start(ACME, ['telemetry', 'show-data', '--follow', '--json']);
    await run(ACME, ['telemetry', 'local']);
    // What was recorded before the program took its first look is not new to it.
    let isSeen = false;
    const seen = program.printed(/("event_type":"code_search")/).finally(() => {
      isSeen = true;
    });
    while (!isSeen) await run(ACME, ['search']);
    await seen;
    program.interrupt();
    expect((await program.outcome).status).toBe(130);
  });
});

/** Nobody has read a question sooner. */
const READING_MS = 400;

describe('on a terminal', () => {
  const open = (...args: string[]) =>
    startOnTerminal([process.execPath, ...ACME, 'telemetry', ...args], {
      cwd: sandbox.root,
      env: environment({ TERM: 'xterm' }),
    });

  it('a yes is asked for, and kept', async () => {
    await using program = open('enable');
    await program.shows(/Continue\? \[y\/N\]: /);
    await sleep(READING_MS);
    program.type('y\r');
    const { status, screen } = await program.outcome;
    expect(status).toBe(0);
    expect(screen).toContain('\u001b[1mWhat is collected\u001b[22m');
    expect(screen).toContain('✓ Telemetry enabled.');
    expect(sandbox.leftOver().join()).toContain('telemetry_config.json');
  });

  it('a yes that was typed before the question is none', async () => {
    await using program = open('enable');
    program.type('y\r');
    await program.shows(/Continue\? \[y\/N\]: /);
    await sleep(READING_MS);
    program.type('\r');
    const { status, screen } = await program.outcome;
    expect(status).toBe(0);
    expect(screen).toContain('Telemetry not enabled.');
    expect(sandbox.leftOver()).toEqual([]);
  });

  it.each([
    ['Enter', '\r', 0],
    ['the end of the input', '\u0004', 0],
    ['Ctrl-C', '\u0003', 130],
  ])('%s is no yes', async (_, keys, expected) => {
    await using program = open('enable');
    await program.shows(/Continue\? \[y\/N\]: /);
    await sleep(READING_MS);
    program.type(keys);
    const { status, screen } = await program.outcome;
    expect(status).toBe(expected);
    expect(screen).not.toContain('Telemetry enabled');
    expect(sandbox.leftOver()).toEqual([]);
  });
});

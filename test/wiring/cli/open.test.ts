import { EventEmitter } from 'node:events';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PassThrough } from 'node:stream';
import type { CommandIo } from 'sotto/cli';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createOpenCommand } from '../../../src/cli/commands/open.js';
import { openApp } from '../../../src/cli/open-app.js';
import { whyNoBrowser } from '../../../src/cli/open-browser.js';
import { runCommandLine } from '../../../src/cli/run-command-line.js';
import { readLocalApiToken } from '../../../src/store/index.js';
import { createDirectory } from '../../support/directories.js';

interface Running {
  readonly directory: string;
  /** Files that a browser was asked to open. */
  readonly opened: string[];
  told(): string;
  /** The line on standard output. */
  url(): Promise<string>;
  interrupt(): Promise<number>;
}

/** `acme telemetry open` of a person at a terminal with a screen. */
function open(
  args: readonly string[] = [],
  { isTTY = true, openFile = async () => {} }: { isTTY?: boolean; openFile?: () => Promise<void> } = {},
): Running {
  const directory = createDirectory();
  const end = new AbortController();
  const opened: string[] = [];
  const texts = { out: '', err: '' };
  const output = (name: 'out' | 'err') =>
    Object.assign(new EventEmitter(), {
      isTTY,
      write(text: string) {
        texts[name] += text;
      },
    });
  const io: CommandIo = {
    stdin: new PassThrough(),
    stdout: output('out'),
    stderr: output('err'),
    environment: { env: { LANG: 'C.UTF-8', TERM: 'dumb', DISPLAY: ':0' }, dotenv: {} },
    cwd: '/',
    interrupted: end.signal,
    closed: new AbortController().signal,
  };
  const command = createOpenCommand((path) => {
    opened.push(path);
    return openFile();
  });
  const known = {
    name: 'acme telemetry',
    isCodeKnown: true,
    areEventsKnown: true,
    options: { app: 'acme', store: { directory } },
  };
  const line = { name: 'acme telemetry', description: '', options: [], commands: [command] };
  const ended = runCommandLine(
    ['open', ...args],
    { ...line, open: (globals, streams) => openApp(known, globals, streams) },
    io,
  );
  const interrupt = () => {
    end.abort();
    return ended;
  };
  onTestFinished(async () => void (await interrupt()));
  return {
    directory,
    opened,
    told: () => texts.err,
    url: () =>
      vi.waitFor(() => {
        if (!texts.out.includes('\n')) throw new Error(`Nothing was printed yet. ${texts.err}`);
        return texts.out.trim();
      }, 15_000),
    interrupt,
  };
}

const forwardsIn = (directory: string) => readdirSync(directory).filter((name) => name.endsWith('.html'));

describe('open', () => {
  it('opens a file that its user alone can read and that leads in, once, and removes it at the end', async () => {
    const { directory, opened, url, told, interrupt } = open();
    const address = await url();
    const [file = ''] = opened;
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const [, path = ''] = /url=(http[^"]+)"/.exec(readFileSync(file, 'utf8')) ?? [];
    expect(path).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/sign-in\/[\w-]{43}$/);
    const token = readLocalApiToken(directory) ?? 'none';
    expect(token).toHaveLength(43);
    expect(file + told()).not.toContain(token);
    expect(readFileSync(file, 'utf8')).not.toContain(token);

    const first = await fetch(path);
    const [cookie = ''] = (first.headers.get('set-cookie') ?? '').split(';');
    expect(first.status).toBe(200);
    const place = /url=([^"]+)"/.exec(await first.text())?.[1] ?? '';
    expect(await (await fetch(new URL(place, address), { headers: { cookie } })).text()).toContain(
      'Telemetry of',
    );
    expect((await fetch(path)).status).toBe(404);

    await interrupt();
    expect(existsSync(file)).toBe(false);
    await expect(fetch(address)).rejects.toThrow();
  });

  it('takes another port where the one that was asked for is taken', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void other.close());
    const { port } = other.address() as AddressInfo;
    const { url } = open(['--port', String(port)]);
    const address = new URL(await url());
    expect(address.port).not.toBe(String(port));
    expect((await fetch(address, { redirect: 'manual', headers: { accept: 'text/html' } })).status).toBe(303);
  });

  it('says how to get in where nobody would see a browser, and opens none', async () => {
    const { directory, opened, url, told } = open([], { isTTY: false });
    await url();
    expect(opened).toEqual([]);
    expect(forwardsIn(directory)).toEqual([]);
    expect(told()).toContain('No browser was opened, because nobody reads a terminal here.');
    expect(told()).toContain('`acme telemetry token`');
  });

  it('says so when no browser could be started', async () => {
    const { url, told } = open([], { openFile: () => Promise.reject(new Error('spawn xdg-open ENOENT')) });
    await url();
    await vi.waitFor(() => expect(told()).toContain('because none could be started'));
    expect(told()).not.toContain('ENOENT');
  });

  it('cannot be asked for what is no port', async () => {
    const { told } = open(['--port', 'x']);
    await vi.waitFor(() => expect(told()).toContain('no port'));
  });
});

describe('no browser would be seen', () => {
  const SEEN = { env: { DISPLAY: ':0' }, platform: 'linux' as const, isTerminal: true, isCi: false };

  it.each([
    ['on a build server', { ...SEEN, isCi: true }],
    ['from afar', { ...SEEN, env: { DISPLAY: ':0', SSH_CONNECTION: '1 2 3 4' } }],
    ['where output is piped', { ...SEEN, isTerminal: false }],
    ['without a screen', { ...SEEN, env: { DISPLAY: '' } }],
  ])('%s', (_name, screen) => {
    expect(whyNoBrowser(screen)).toEqual(expect.any(String));
  });

  it.each([
    ['a screen', SEEN],
    ['Wayland', { ...SEEN, env: { WAYLAND_DISPLAY: 'wayland-0' } }],
    ['macOS', { ...SEEN, env: {}, platform: 'darwin' as const }],
    ['Windows', { ...SEEN, env: {}, platform: 'win32' as const }],
  ])('but with %s', (_name, screen) => {
    expect(whyNoBrowser(screen)).toBeUndefined();
  });
});

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ConfigError } from '../../internal/index.js';
import { captureEnvironment } from './capture-environment.js';
import type { Capture, CaptureOptions, OpenCapture, Seen } from './contract.js';
import type { Done, Message, Readiness, Task } from './protocol.js';
import {
  ACCOUNTS,
  joiningCommand,
  renameAccount,
  type Seal,
  type SealedNames,
  sealedCommand,
} from './seal.js';

/** Where the build puts it: beside this file, or beside the folder of what this file was made part of. */
const PROGRAMS = ['./capture-program.js', './testing/capture-program.js'].map((path) =>
  fileURLToPath(new URL(path, import.meta.url)),
);

/** Where `ip` stands on machines on which not everybody has it in their path. */
const MORE_PATHS = '/usr/sbin:/sbin';

/**
 * Open everything outside of a machine.
 *
 * @throws {ConfigError} `OPTION_INVALID` when this machine cannot give it the mode that was asked for
 */
export const openCapture: OpenCapture = async (options) => {
  const sealed = options.mode === 'proxied' ? undefined : await openSealed(options);
  if (sealed === undefined && options.mode === 'sealed') throw new ConfigError('OPTION_INVALID', NO_SEAL);
  return sealed ?? (await openProxied(options));
};

/** As root first; what is root in a container may have to do as anybody else does. @returns undefined where neither can be had */
async function openSealed(options: CaptureOptions): Promise<Capture | undefined> {
  if (process.platform !== 'linux') return undefined;
  using files = writeAccounts(options);
  for (const isRoot of process.getuid?.() === 0 ? [true, false] : [false]) {
    const seal: Seal = { isRoot, names: files.names };
    const started = await startProgram([
      ...sealedCommand(seal),
      process.execPath,
      programOf(options),
      'sealed',
    ]);
    if (started) return toCapture(options, started, seal);
  }
  return undefined;
}

async function openProxied(options: CaptureOptions): Promise<Capture> {
  const started = await startProgram([process.execPath, programOf(options), 'proxied']);
  if (!started) throw new ConfigError('OPTION_INVALID', NO_START);
  return toCapture(options, started, undefined);
}

const programOf = ({ program }: CaptureOptions) => program ?? PROGRAMS.find((path) => existsSync(path)) ?? '';

/** A list of accounts with another name for this one. It is needed until it stands in its place. */
function writeAccounts({ names }: CaptureOptions): Disposable & { readonly names: SealedNames | undefined } {
  if (!names) return { names: undefined, [Symbol.dispose]: () => {} };
  const folder = mkdtempSync(join(tmpdir(), 'sotto-accounts-'));
  const accounts = join(folder, 'passwd');
  writeFileSync(accounts, renameAccount(readFileSync(ACCOUNTS, 'utf8'), process.getuid?.() ?? 0, names.user));
  // Every program asks for names, whoever it runs as.
  for (const path of [folder, accounts]) chmodSync(path, 0o755);
  return {
    names: { host: names.host, accounts },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

const NO_SEAL =
  'A network of its own cannot be given to the command: that takes Linux with unshare, nsenter and ip, and the rights of root or ' +
  'user namespaces. Leave the mode out to use what this machine has.';
const NO_START = 'The capturing server did not start. Install sotto again.';

interface Started {
  readonly child: ChildProcess;
  readonly pid: number;
  readonly ready: Readiness;
}

/** @returns undefined when it ended before it was ready */
async function startProgram(command: readonly string[]): Promise<Started | undefined> {
  const [file = '', ...args] = command;
  const child = spawn(file, args, {
    env: { PATH: [process.env.PATH, MORE_PATHS].join(':'), TMPDIR: process.env.TMPDIR },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    serialization: 'advanced',
    // Ctrl-C is for those who started it: it ends when they let go of it.
    detached: true,
  });
  const ended = new Promise<undefined>((resolve) => {
    for (const event of ['error', 'exit']) child.once(event, () => resolve(undefined));
  });
  const ready = await Promise.race([ended, once(child, 'message')]);
  const { pid } = child;
  return ready === undefined || pid === undefined ? undefined : { child, pid, ready: ready[0] as Readiness };
}

function toCapture({ app }: CaptureOptions, { child, pid, ready }: Started, seal: Seal | undefined): Capture {
  const waiting = new Map<number, (seen: Seen | undefined) => void>();
  const ended = once(child, 'exit');
  let orders = 0;
  child.on('message', (message: Message) => {
    if (message.kind === 'done') take(message, waiting);
  });
  const order = (task: Task) =>
    new Promise<Seen | undefined>((resolve, reject) => {
      orders += 1;
      waiting.set(orders, resolve);
      // Which of the two comes first when it was killed is chance.
      const fail = (cause?: unknown) => reject(new Error('The capturing server has ended.', { cause }));
      child.send({ ...task, id: orders }, (error) => error && fail(error));
      void ended.then(() => fail());
    });
  const mode = seal ? 'sealed' : 'proxied';
  return {
    mode,
    env: captureEnvironment({ app, mode, ...ready }),
    names: ready.names,
    through: seal ? joiningCommand(seal, pid) : [],
    seen: async () => (await order({ task: 'seen' })) ?? { connections: [], lookups: undefined },
    async begin(conduct) {
      await order({ task: 'begin', conduct });
    },
    async [Symbol.asyncDispose]() {
      if (child.connected) child.disconnect();
      await ended;
      // One that was killed could not.
      rmSync(dirname(ready.trust), { recursive: true, force: true });
    },
  };
}

function take({ id, seen }: Done, waiting: Map<number, (seen: Seen | undefined) => void>): void {
  waiting.get(id)?.(seen);
  waiting.delete(id);
}

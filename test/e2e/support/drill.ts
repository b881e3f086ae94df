import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Answer } from '../../support/recording-server.js';
import { type BadSink, startBadSink } from './bad-sink.js';
import { type DrillProcess, type Ended, startProcess } from './drill-process.js';
import { flushersIn } from './flusher.js';
import { createSandbox } from './sandbox.js';

/** A home in which a person has agreed to telemetry by a variable, and the server it goes to. */
export interface Drill extends AsyncDisposable {
  readonly sink: BadSink;
  readonly home: string;
  /** The state directory. */
  readonly directory: string;
  /** Start a program of the drills; killed when the drill is disposed of. @param env - more variables */
  start(program: string, args?: readonly string[], env?: Variables): DrillProcess;
  run(program: string, args?: readonly string[], env?: Variables): Promise<Ended>;
  /** Run the program `sotto` for the app. */
  sotto(...args: readonly string[]): Promise<Ended>;
  /** Run a program by a line of a shell; it is `$0` there. */
  runInShell(line: string, program: string, args?: readonly string[]): Promise<Ended>;
  /** Names of the files in the spool; none when there is no spool. */
  spool(): readonly string[];
  /** Paths of the files of the ledger. */
  ledgerFiles(): readonly string[];
  state(): DeliveryState;
  /** Losses that no program could tell of itself, by reason. */
  lost(): Readonly<Record<string, number>>;
  /** Have the rest after failures end then. @param untilMs - since 1970 */
  setRest(untilMs: number): void;
}

type Variables = Readonly<Record<string, string>>;

/** A file of the ledger, as far as the drills are concerned. */
export interface LedgerFile {
  /** With what the programs number them. */
  readonly events: readonly { readonly uuid: string; readonly number: number }[];
  /** Whole lines that are no JSON. */
  readonly broken: number;
  /** Whether the last line is half written. */
  readonly isTorn: boolean;
}

export interface DeliveryState {
  readonly failures: number;
  readonly not_before: string | null;
  readonly server_said: boolean;
}

interface StateFile {
  readonly hosts: Readonly<Record<string, DeliveryState>>;
  readonly dropped: Readonly<Record<string, number>>;
}

const NO_FAILURES: DeliveryState = { failures: 0, not_before: null, server_said: false };

/** @param folder - of the project whose programs are run */
export async function createDrill(folder: string, answer?: Answer): Promise<Drill> {
  const sandbox = await createSandbox();
  const sink = await startBadSink();
  if (answer) sink.misbehave(answer);
  const home = join(sandbox.root, 'home');
  const directory = join(home, '.local', 'share', 'acme', 'telemetry');
  const stateFile = join(directory, 'spool', 'state.json');
  const env = {
    ...sandbox.env,
    ACME_TELEMETRY_ENABLED: 'true',
    ACME__TELEMETRY__POSTHOG_API_KEY: 'phc_test',
    ACME__TELEMETRY__POSTHOG_HOST: sink.url,
  };
  const started: DrillProcess[] = [];
  const startAny = (command: string, args: readonly string[], more: Variables = {}) => {
    const program = startProcess(command, args, { cwd: folder, env: { ...env, ...more } });
    started.push(program);
    return program;
  };
  const runAny = (...start: Parameters<typeof startAny>) => startAny(...start).ended;
  const readState = (): StateFile =>
    existsSync(stateFile) ? JSON.parse(readFileSync(stateFile, 'utf8')) : { hosts: {}, dropped: {} };
  // All programs of a drill send to one host.
  const state = (): DeliveryState => Object.values(readState().hosts)[0] ?? NO_FAILURES;

  return {
    sink,
    home,
    directory,
    start: (program, args = [], more = {}) => startAny(process.execPath, [program, ...args], more),
    run: (program, args = [], more = {}) => runAny(process.execPath, [program, ...args], more),
    sotto: (...args) => runAny(join(folder, 'node_modules', '.bin', 'sotto'), [...args, '--app', 'acme']),
    runInShell: (line, program, args = []) => runAny('sh', ['-c', line, process.execPath, program, ...args]),
    spool: () => namesIn(join(directory, 'spool')),
    ledgerFiles: () => namesIn(join(directory, 'ledger')).map((name) => join(directory, 'ledger', name)),
    state,
    lost: () => readState().dropped,
    setRest(untilMs) {
      const rests = Object.entries(readState().hosts).map(([host, found]) => {
        const rest = { ...found, not_before: new Date(untilMs).toISOString() };
        return [host, rest] as const;
      });
      writeFileSync(stateFile, JSON.stringify({ ...readState(), hosts: Object.fromEntries(rests) }));
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(started.map((program) => program[Symbol.asyncDispose]()));
      for (const pid of flushersIn(directory)) process.kill(pid, 'SIGKILL');
      await sink[Symbol.asyncDispose]();
      sandbox[Symbol.dispose]();
    },
  };
}

const namesIn = (folder: string) => (existsSync(folder) ? readdirSync(folder) : []);

export function readLedgerFile(path: string): LedgerFile {
  const lines = readFileSync(path, 'utf8').split('\n');
  const last = lines.pop();
  const parsed = lines.map(parseLine);
  const events = parsed.flatMap((line) =>
    line?.uuid && line.properties ? [{ uuid: line.uuid, number: line.properties.number }] : [],
  );
  return { events, broken: parsed.filter((line) => !line).length, isTorn: last !== '' };
}

function parseLine(line: string): { uuid?: string; properties?: { number: number } } | undefined {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** How often each event is among these, by uuid. */
export function countByUuid(messages: readonly { readonly uuid: string }[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { uuid } of messages) counts.set(uuid, (counts.get(uuid) ?? 0) + 1);
  return counts;
}

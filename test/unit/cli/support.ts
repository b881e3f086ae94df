import { EventEmitter } from 'node:events';
import { readdirSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import { createTelemetry } from 'sotto';
import { type CommandIo, createTelemetryCommand, type Output, type TelemetryCommandOptions } from 'sotto/cli';
import { vi } from 'vitest';
import { buildCodeSearch, CodeSearch } from '../../support/code-search-event.js';

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** What is typed behind a question, line by line. Then all three streams are terminals. `undefined` ends the input. */
  readonly typed?: readonly (string | undefined)[];
  /** What is typed before the command starts. */
  readonly typedAhead?: string;
  readonly columns?: number;
  readonly options?: Partial<TelemetryCommandOptions>;
  readonly interrupted?: AbortSignal;
  readonly closed?: AbortSignal;
  readonly cwd?: string;
  /** Called with everything that a stream has been given so far. */
  readonly onWrite?: (text: string) => void;
}

export interface Ran {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Nobody has read a question sooner. */
const READING_MS = 400;

const NEVER = new AbortController().signal;

/** The commands of an app that has a key, and one place for all its files. */
export async function run(directory: string, args: readonly string[], given: RunOptions = {}): Promise<Ran> {
  const {
    env = {},
    typed,
    typedAhead,
    columns,
    options,
    interrupted = NEVER,
    closed = NEVER,
    cwd = '/',
  } = given;
  const isTTY = typed !== undefined;
  const stdin = Object.assign(new PassThrough(), { isTTY, setRawMode: () => {} });
  if (typedAhead !== undefined) stdin.write(typedAhead);
  const answer = () => {
    for (const line of typed ?? []) {
      if (line === undefined) stdin.end();
      else stdin.write(`${line}\r`);
    }
  };
  let isAsked = false;
  const onWrite = (text: string) => {
    given.onWrite?.(text);
    if (isAsked || !text.includes('[y/N]: ')) return;
    isAsked = true;
    setTimeout(answer, READING_MS);
  };
  const [stdout, stderr] = [1, 2].map(() => collect({ isTTY, columns }, onWrite)) as [Collected, Collected];
  const io: CommandIo = {
    stdin,
    stdout,
    stderr,
    environment: { env: { LANG: 'C.UTF-8', TERM: 'dumb', ...env }, dotenv: {} },
    cwd,
    interrupted,
    closed,
  };
  const command = createTelemetryCommand({
    app: 'acme',
    posthog: { key: 'phc_secret', host: 'http://127.0.0.1:9' },
    store: { directory },
    events: [CodeSearch],
    ...options,
  });
  const status = await command.run(args, io);
  return { status, stdout: stdout.text(), stderr: stderr.text() };
}

type Collected = Output & { text(): string };

function collect(abilities: Pick<Output, 'isTTY' | 'columns'>, onWrite: (text: string) => void): Collected {
  let written = '';
  return Object.assign(new EventEmitter(), {
    ...abilities,
    write(text: string) {
      written += text;
      onWrite(written);
    },
    text: () => written,
  });
}

/** Keep one event in the ledger, as the app would with consent to recording only. */
export async function record(directory: string): Promise<void> {
  vi.stubEnv('ACME_TELEMETRY_ENABLED', 'true');
  try {
    const telemetry = createTelemetry({ app: 'acme', dryRun: true, store: { directory } });
    telemetry.capture(buildCodeSearch());
    await telemetry.shutdown();
  } finally {
    vi.unstubAllEnvs();
  }
}

/** Everything below a directory, by relative path. */
export function filesIn(directory: string): string[] {
  return readdirSync(directory, { recursive: true }).map(String).sort();
}

/** The consent file as JSON. */
export const CONSENT_FILE = 'telemetry_config.json';

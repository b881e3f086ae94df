import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { whyNotAsk } from '../../../src/consent/dialogue/index.js';
import { loadDialogue } from '../../../src/consent/index.js';
import { createCatalogue } from '../../../src/events/index.js';

/** What the program saw: written to the file that is its first argument. */
export interface AskReport {
  readonly whyNot: string | undefined;
  readonly answer: string;
  readonly kept: readonly string[];
  /** Whether the terminal's own settings, as `stty -g` prints them, are as before. */
  readonly isSameTerminal: boolean;
  /** Listeners on the standard streams and the process that were not there before, by event. */
  readonly newListeners: readonly string[];
  /** Lines the program read from its terminal afterwards. */
  readonly readAfterwards: readonly string[];
}

const [path = '', timeoutMs = '60000', ...readers] = process.argv.slice(2);

/** Undefined without a terminal, or when it has gone. */
function settings(): string | undefined {
  const { status, stdout } = spawnSync('stty', ['-g'], { stdio: ['inherit', 'pipe', 'ignore'] });
  return status === 0 ? String(stdout) : undefined;
}

const listeners = () =>
  [process, process.stdin, process.stderr].flatMap((emitter, index) =>
    emitter.eventNames().map((name) => `${index}:${String(name)}:${emitter.listenerCount(name)}`),
  );

/** In one of the ways a program may read. */
async function read(reader: string): Promise<string> {
  process.stderr.write(`${reader}> `);
  if (reader === 'data') {
    return new Promise((resolve) =>
      process.stdin.once('data', (chunk) => {
        process.stdin.pause();
        resolve(String(chunk).trimEnd());
      }),
    );
  }
  const readline = createInterface({ input: process.stdin, output: process.stderr });
  const line = await readline.question('');
  readline.close();
  return line;
}

const { askConsent, consentText, openTerminal } = await loadDialogue();
if (process.env.IGNORE_HANGUP) process.on('SIGHUP', () => {});
const before = { settings: settings(), listeners: listeners() };
const kept: string[] = [];
const text = consentText({
  app: 'acme',
  catalogue: createCatalogue('acme', []),
  basis: 'opt-in',
  disableVariable: 'ACME_DISABLE_TELEMETRY',
  command: 'acme telemetry',
  privacyUrl: undefined,
  host: 'https://telemetry.example',
  distinctId: 'session',
  directory: undefined,
  retentionDays: 30,
  untyped: false,
  nowMs: Date.now(),
});
const whyNot = whyNotAsk(process, process.env);
const answer =
  whyNot === undefined
    ? await askConsent({
        text,
        terminal: await openTerminal(process, process.env),
        timeoutMs: Number(timeoutMs),
        keep: (given) => kept.push(given),
      })
    : 'not asked';
const after = { settings: settings(), listeners: listeners() };
const readAfterwards: string[] = [];
for (const reader of readers) readAfterwards.push(await read(reader));
const report: AskReport = {
  whyNot,
  answer,
  kept,
  isSameTerminal: after.settings === before.settings,
  newListeners: after.listeners.filter((listener) => !before.listeners.includes(listener)),
  readAfterwards,
};
writeFileSync(path, JSON.stringify(report));
process.exitCode = 7;

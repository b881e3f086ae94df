/**
 * A program that goes on running, like a server or an editor's helper. It does what the lines of its standard input say,
 * and answers each with a line that says how its telemetry is, as JSON.
 */
import { createInterface } from 'node:readline';
import type { ConsentReason, Mode } from 'sotto';
import { openTelemetry, WordsCounted } from './telemetry.js';

export type Command = 'capture' | 'flush' | 'flag' | 'status' | 'end';

export interface Answer {
  readonly mode: Mode;
  readonly why: ConsentReason;
  readonly recorded: number;
  readonly sent: number;
  readonly pending: number;
  readonly sessionId: string | undefined;
}

const telemetry = openTelemetry();
for await (const line of createInterface(process.stdin)) {
  await obey(line as Command);
  const { mode, why, recorded, sent, pending } = telemetry.status();
  const answer: Answer = { mode, why, recorded, sent, pending, sessionId: telemetry.sessionId };
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
process.exitCode = 7;

async function obey(command: Command): Promise<void> {
  switch (command) {
    case 'capture':
      telemetry.capture(
        WordsCounted.create({ format: 'text', words: 1, files: [], directory: '/srv', commandLine: '' }),
      );
      telemetry.capture('tick', { n: 1 });
      return;
    case 'flush':
      return telemetry.flush();
    case 'flag':
      return void (await telemetry.getFeatureFlag('separator', 'space'));
    case 'status':
      return;
    case 'end':
      await telemetry.endSession();
      return telemetry.shutdown();
    default:
      command satisfies never;
  }
}

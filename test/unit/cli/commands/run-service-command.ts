import { EventEmitter } from 'node:events';
import { PassThrough } from 'node:stream';
import { COLLECTOR_COMMANDS } from '../../../../src/cli/commands/collector/index.js';
import { LICENSE_COMMANDS } from '../../../../src/cli/commands/license/index.js';
import { ORG_COMMANDS } from '../../../../src/cli/commands/org/index.js';
import type { CommandIo, Output } from '../../../../src/cli/io.js';
import { runCommandLine } from '../../../../src/cli/run-command-line.js';

const COMMANDS = [...ORG_COMMANDS, ...COLLECTOR_COMMANDS, ...LICENSE_COMMANDS];

export interface Ran {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The commands of the services in this process, on a machine with these variables alone. */
export async function run(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  columns = 80,
): Promise<Ran> {
  const written = { stdout: '', stderr: '' };
  const collect = (name: keyof typeof written): Output =>
    Object.assign(new EventEmitter(), {
      columns,
      isTTY: false,
      write(text: string) {
        written[name] += text;
      },
    });
  const io: CommandIo = {
    stdin: new PassThrough(),
    stdout: collect('stdout'),
    stderr: collect('stderr'),
    environment: { env: { LANG: 'C.UTF-8', ...env }, dotenv: {} },
    cwd: '/',
    interrupted: new AbortController().signal,
    closed: new AbortController().signal,
  };
  const open = () => Promise.reject(new Error('No app is meant.'));
  const line = { name: 'sotto', description: 'Sotto.', options: [], commands: COMMANDS, open };
  const status = await runCommandLine(args, line, io);
  return { status, ...written };
}

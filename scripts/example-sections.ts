import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { EventContext } from '../src/events/index.js';
import { serializeForTelemetry } from '../src/index.js';

const EXAMPLES = join(import.meta.dirname, '..', 'examples');

/** The machine that the documents speak of, so that they do not change with the one they are made on. */
const MACHINE = serializeForTelemetry(
  Object.assign(new EventContext(), {
    osType: 'linux',
    osVersion: '6',
    arch: 'x64',
    nodeVersion: '20',
    cpuCount: '5-8',
    memoryGib: '9-16',
    isCi: false,
  }),
);

export const sourceOf = (example: string): string => readFileSync(join(EXAMPLES, example), 'utf8');

/** What an example prints in an environment without any variable, as if run on the machine of the documents. */
export function outputOf(example: string): string {
  const args = ['--import', 'tsx', join(EXAMPLES, example)];
  // One of them shows how a program ends that throws.
  const { error, stdout: output } = spawnSync(process.execPath, args, {
    cwd: join(EXAMPLES, '..'),
    env: { PATH: process.env.PATH, HOME: process.env.HOME },
    encoding: 'utf8',
  });
  if (error) throw error;
  return Object.entries(MACHINE).reduce(
    (text, [name, value]) =>
      text.replace(new RegExp(`^( *'?${name}'?: ).*?(,?)$`, 'gm'), `$1${inspect(value)}$2`),
    output,
  );
}

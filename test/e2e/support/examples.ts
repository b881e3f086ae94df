import { join } from 'node:path';
import { type IngestServer, type StoredEvent, startIngestServer } from '../../../src/server/index.js';
import { TSX } from './checkout.js';
import { flushersEnded } from './flusher.js';
import { type Outcome, runProgram } from './program.js';
import { createSandbox } from './sandbox.js';

export interface ExampleRun extends Outcome {
  /** What arrived at the server, in the order of arrival. */
  readonly events: readonly StoredEvent[];
  /** What the example wrote into its home and among the temporary files. */
  readonly leftOver: readonly string[];
}

export interface ExampleOptions {
  /** Where `sotto` is resolved from: the checkout, or a folder that has installed it. */
  readonly cwd: string;
  /** How node is started; with tsx unless given. */
  readonly nodeArgs?: readonly string[];
  /** More variables than the server's address. */
  readonly env?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
}

/** What a user sets to agree. */
export const YES = { ACME_TELEMETRY_ENABLED: 'true' };

/**
 * Run an example in a process of its own, with an empty home, against a server on loopback that has one flag, `new_layout`,
 * with the variant `wide` for everybody.
 */
export async function runExample(
  name: string,
  { cwd, nodeArgs, env, args = [] }: ExampleOptions,
): Promise<ExampleRun> {
  await using server = await startServer();
  using sandbox = await createSandbox();
  const outcome = await runProgram(
    process.execPath,
    [...(nodeArgs ?? ['--import', TSX]), join('examples', name), ...args],
    { cwd, env: { ...sandbox.env, ACME__TELEMETRY__POSTHOG_HOST: server.url, ...env } },
  );
  // Where the package is installed, the example has handed over what waited when it ended.
  await flushersEnded(join(sandbox.root, 'home'));
  const { events } = await server.store.list({ limit: 100 });
  return { ...outcome, events, leftOver: sandbox.leftOver() };
}

function startServer(): Promise<IngestServer> {
  const variants = [{ key: 'wide', rollout_percentage: 100 }];
  return startIngestServer({ port: 0, flags: [{ key: 'new_layout', variants }] });
}

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { findFreePort } from './free-port.js';
import { endServer, untilSaid } from './server-process.js';

/** Where the package of the server puts it. */
export const NATS_SERVER = '/usr/sbin/nats-server';

/** A NATS server of one test file, with JetStream, that can be taken away and brought back. */
export interface TestNats extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  /** End it without a word, as `kill -9` does. What it has acknowledged is on disk. */
  kill(): Promise<void>;
  /** The same server again, with what is on its disk. */
  start(): Promise<void>;
  /** Do something over a connection of its own. */
  with<T>(work: (connection: NatsConnection) => Promise<T>): Promise<T>;
}

/** @param settings - further lines of its configuration */
export async function startNats(settings = ''): Promise<TestNats> {
  const directory = await mkdtemp(join(tmpdir(), 'sotto-nats-'));
  const port = await findFreePort();
  const file = join(directory, 'nats.conf');
  await writeFile(file, `listen: 127.0.0.1:${port}\njetstream { store_dir: "${directory}" }\n${settings}\n`);
  let child: ChildProcess | undefined;

  const start = async () => {
    child = spawn(NATS_SERVER, ['--config', file], { stdio: ['ignore', 'ignore', 'pipe'] });
    await untilSaid(child, 'Server is ready');
  };
  const kill = () => endServer(child, 'SIGKILL');
  await start();
  const url = `nats://127.0.0.1:${port}`;
  return {
    url,
    port,
    kill,
    start,
    async with(work) {
      const connection = await connect({ servers: url });
      try {
        return await work(connection);
      } finally {
        await connection.close();
      }
    },
    async [Symbol.asyncDispose]() {
      await kill();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

import { existsSync, readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';

const POSTGRES_URL = process.env.SOTTO_TEST_POSTGRES_URL ?? 'postgresql://root@127.0.0.1:5432/postgres';
const CHROMIUM = '/usr/bin/chromium';
/** Not imported from where it is used: that file loads the client. */
const NATS_SERVER = '/usr/sbin/nats-server';
const POSTGRES_VERSIONS = '/usr/lib/postgresql';
const KUBECTL = '/usr/bin/kubectl';

/** Tests that talk to a PostgreSQL server of this machine. */
const OF_POSTGRES = [
  'test/db/**',
  'test/e2e/services/**',
  'test/wiring/server/collector/drills/**',
  'test/wiring/server/collector/sending*.test.ts',
  'test/wiring/server/operator/**',
  'test/wiring/server/orgs/**',
  'test/wiring/server/serve/**',
  'test/wiring/server/vendor/**',
];
/** Tests that start a PostgreSQL server of their own, to end it: a server elsewhere does not do. */
const OF_OWN_POSTGRES = [
  'test/db/outage-restart.test.ts',
  'test/wiring/server/collector/drills/postgres-restart.test.ts',
  'test/wiring/server/writer-postgres-restart.test.ts',
];
/** Tests that start a NATS server; those of the writer store into PostgreSQL. */
const OF_NATS = ['test/wiring/server/ingest-stream.test.ts', 'test/e2e/deploy/stream.test.ts'];
const OF_NATS_AND_POSTGRES = ['test/wiring/server/writer*.test.ts', 'test/e2e/services/events.test.ts'];
const OF_KUBECTL = ['test/e2e/deploy/kubernetes.test.ts'];
/** Tests in a browser; some of them have a PostgreSQL server behind the page. */
const OF_CHROMIUM = ['test/browser/**'];

/**
 * Tests that cannot run here, because what they talk to is not installed. In CI there are none: there they fail instead of being left
 * out, and `.ci/ensure-services` sees that they need not.
 */
export async function findLeftOut(): Promise<string[]> {
  if (process.env.CI === 'true') return [];
  const hasPostgres = await answers(new URL(POSTGRES_URL));
  const hasChromium = existsSync(CHROMIUM);
  const hasNats = existsSync(NATS_SERVER);
  const leftOut = [
    ...(hasPostgres ? [] : OF_POSTGRES),
    ...(hasOwnPostgres() ? [] : OF_OWN_POSTGRES),
    ...(hasPostgres && hasChromium ? [] : OF_CHROMIUM),
    ...(hasNats ? [] : OF_NATS),
    ...(hasPostgres && hasNats ? [] : OF_NATS_AND_POSTGRES),
    ...(existsSync(KUBECTL) ? [] : OF_KUBECTL),
  ];
  if (leftOut.length > 0)
    process.stderr.write(
      `Left out, for want of PostgreSQL, NATS, Chromium or kubectl on this machine: ${leftOut.join(', ')}\n`,
    );
  return leftOut;
}

/** Where only the programs of a client are installed, the folder of a version is there all the same. */
function hasOwnPostgres(): boolean {
  if (!existsSync(POSTGRES_VERSIONS)) return false;
  return readdirSync(POSTGRES_VERSIONS).some((version) =>
    existsSync(join(POSTGRES_VERSIONS, version, 'bin', 'initdb')),
  );
}

function answers({ hostname, port }: URL): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port || 5432), timeout: 1_000 });
    const end = (isThere: boolean) => {
      socket.destroy();
      resolve(isThere);
    };
    socket
      .on('connect', () => end(true))
      .on('error', () => end(false))
      .on('timeout', () => end(false));
  });
}

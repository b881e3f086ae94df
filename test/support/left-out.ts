import { existsSync } from 'node:fs';
import { connect } from 'node:net';

const POSTGRES_URL = process.env.SOTTO_TEST_POSTGRES_URL ?? 'postgresql://root@127.0.0.1:5432/postgres';
const CHROMIUM = '/usr/bin/chromium';

/** Tests that talk to a PostgreSQL server of this machine. */
const OF_POSTGRES = ['test/db/**', 'test/wiring/server/orgs/**', 'test/wiring/server/serve/**'];
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
  const leftOut = [...(hasPostgres ? [] : OF_POSTGRES), ...(hasPostgres && hasChromium ? [] : OF_CHROMIUM)];
  if (leftOut.length > 0)
    process.stderr.write(
      `Left out, for want of PostgreSQL or Chromium on this machine: ${leftOut.join(', ')}\n`,
    );
  return leftOut;
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

/**
 * Everything outside of a machine, as a process of its own: it may stand on a network of its own. It is told what to do by the process
 * that has started it, and ends with it.
 */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { createAuthority } from './certificate.js';
import { startOutside } from './outside.js';
import type { Message, Order } from './protocol.js';
import { RESOLVER_SOCKETS } from './seal.js';

const ENDINGS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

const say = (message: Message) => process.send?.(message);

const folder = mkdtempSync(join(tmpdir(), 'sotto-capture-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
for (const ending of [...ENDINGS, 'disconnect']) process.once(ending, () => process.exit());
// Whoever has started it may be gone before it could listen to that.
if (!process.connected) process.exit();

const authority = createAuthority('Sotto capture');
const outside = await startOutside({
  isSealed: process.argv[2] === 'sealed',
  seesLookups: !RESOLVER_SOCKETS.some((path) => existsSync(path)),
  authority,
});
const trust = join(folder, 'authority.pem');
writeFileSync(trust, authority.cert);

process.on('message', async (order: Order) => {
  const { id } = order;
  if (order.task === 'begin') await outside.begin(order.conduct);
  say({ kind: 'done', id, seen: order.task === 'seen' ? await outside.seen() : undefined });
});
say({ kind: 'ready', trust, port: outside.port, names: { user: accountName(), host: hostname() } });

/** Empty where the account has no name. */
function accountName(): string {
  try {
    return userInfo().username;
  } catch {
    return '';
  }
}

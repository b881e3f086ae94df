import { BlockList } from 'node:net';
import { TelemetryError } from '../../../internal/index.js';

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8);
LOOPBACK.addAddress('::1', 'ipv6');

/**
 * Refuse what another machine sends, should the server listen on more than the loopback address.
 *
 * @param env - what the adapter for Node hands over; with other adapters nothing is known of the connection
 * @throws {TelemetryError} `REQUEST_FORBIDDEN`
 */
export function assertLocalAddress(env: unknown): void {
  const address = addressOf(env);
  // A socket in the file system has no address, and is of this machine.
  if (address === undefined || isLoopback(address)) return;
  throw new TelemetryError(
    'REQUEST_FORBIDDEN',
    'Only programs on this machine are answered. The option allowRemote answers others too.',
  );
}

function isLoopback(address: string): boolean {
  return LOOPBACK.check(address, address.includes(':') ? 'ipv6' : 'ipv4');
}

interface NodeBindings {
  readonly incoming?: { readonly socket?: { readonly remoteAddress?: string } };
}

function addressOf(env: unknown): string | undefined {
  const bindings = (env ?? {}) as NodeBindings & { readonly server?: NodeBindings };
  return (bindings.incoming ?? bindings.server?.incoming)?.socket?.remoteAddress;
}

import { writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createSelfSigned } from '../../src/testing/capture/certificate.js';
import { createDirectory } from './directories.js';

/** A server over TLS, for a program that is told to trust who gave it its certificate. */
export interface TrustedServer extends AsyncDisposable {
  readonly port: number;
  /** The address of it, by no name that it has. */
  readonly url: string;
  /** The file that `NODE_EXTRA_CA_CERTS` names. Gone with the test. */
  readonly authority: string;
  /** What it was asked for, in order. */
  readonly paths: readonly string[];
}

/** @param name - the one that its certificate is of */
export async function startTrustedServer(name: string): Promise<TrustedServer> {
  const identity = createSelfSigned(name);
  const authority = join(createDirectory(), 'authority.pem');
  writeFileSync(authority, identity.cert);
  const paths: string[] = [];
  const server = createServer(identity, (request, response) => {
    paths.push(request.url ?? '');
    request.resume().on('end', () => response.writeHead(200).end('{"status":1}'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `https://127.0.0.1:${port}`,
    authority,
    paths,
    async [Symbol.asyncDispose]() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

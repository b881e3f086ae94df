/** How the servers of an operator's addresses are reached, in the words of the client. */
export interface ServerOptions {
  /** Host and port, without what stood before them. */
  readonly servers: string[];
  readonly user?: string;
  readonly pass?: string;
  readonly token?: string;
  readonly tls?: Record<string, never>;
}

/**
 * @param addresses - such as `nats://user:password@host:4222`, `nats://token@host` or `tls://host`; the first that names somebody says
 *   who comes, to all of them
 * @returns encrypted to all when it has to be to one
 */
export function toServerOptions(addresses: readonly string[]): ServerOptions {
  const urls = addresses.map((address) => new URL(address));
  const named = urls.find(({ username }) => username !== '');
  const isEncrypted = urls.some(({ protocol }) => protocol === 'tls:');
  return {
    servers: urls.map(({ host }) => host),
    ...(named && toCredentials(named)),
    ...(isEncrypted && { tls: {} }),
  };
}

function toCredentials({ username, password }: URL): Pick<ServerOptions, 'user' | 'pass' | 'token'> {
  const user = decodeURIComponent(username);
  return password === '' ? { token: user } : { user, pass: decodeURIComponent(password) };
}

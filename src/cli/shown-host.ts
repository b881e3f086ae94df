/**
 * The address of a server, for people: `https://relay.example:8443/…`. Its path may hold a token.
 *
 * @param host - an http or https address; it has neither user name nor query
 */
export function toShownHost(host: string): string {
  const { origin, pathname } = new URL(host);
  return pathname === '/' ? origin : `${origin}/…`;
}

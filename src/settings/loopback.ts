/** Whether an address is this machine by its name: what is sent there passes nobody. */
export function isLoopback({ hostname }: URL): boolean {
  return /^(.+\.)?localhost$/.test(hostname) || /^127(\.\d+){3}$/.test(hostname) || hostname === '[::1]';
}

/** Whether nobody on the way to an address can read along: over TLS, or on this machine. */
export function isPrivate(url: URL): boolean {
  return url.protocol === 'https:' || isLoopback(url);
}

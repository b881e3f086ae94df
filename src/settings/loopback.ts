/** Whether an address is this machine by its name: what is sent there passes nobody. */
export function isLoopback({ hostname }: URL): boolean {
  return /^(.+\.)?localhost$/.test(hostname) || /^127(\.\d+){3}$/.test(hostname) || hostname === '[::1]';
}

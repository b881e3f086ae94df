/**
 * Ends with 0 when the process of this container answers, with 1 otherwise: for health checks, in an image that has no curl.
 *
 * The first argument is the path, `/health` unless given; the second is the port, 8000 unless given.
 */
const [path = '/health', port = '8000'] = process.argv.slice(2);
// Longer than a process needs to find that its database does not answer.
const TIMEOUT_MS = 8_000;

const isWell = await fetch(`http://127.0.0.1:${port}${path}`, {
  signal: AbortSignal.timeout(TIMEOUT_MS),
}).then(
  ({ ok }) => ok,
  () => false,
);
process.exitCode = isWell ? 0 : 1;

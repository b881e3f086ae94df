/**
 * The flusher: a short process of its own that sends what a program left when it ended.
 *
 * It stands in the state directory, is given nothing but the token of its reservation, and reads what to send, and where, from
 * there. It runs no code and no configuration of the program. It prints nothing and ends by itself, at the latest after
 * {@link LIFETIME_MS}.
 */
import { readEnvironment, readFlusherToken, readProxies } from '../../settings/index.js';
import { runBacklog } from '../backlog/run-backlog.js';

/** Whatever a server does, and however much waits: what is left is for the next one. */
const LIFETIME_MS = 30_000;
/** For the end of the request under way. */
const LAST_MS = 500;
/** A request that took longer would be cut off with the flusher, and not count as a failure. */
const MAX_REQUEST_TIMEOUT_MS = 20_000;

const ending = new AbortController();
setTimeout(() => ending.abort(), LIFETIME_MS - LAST_MS);
setTimeout(() => process.exit(), LIFETIME_MS);

const directory = process.cwd();
const environment = readEnvironment(directory);
await runBacklog({
  directory,
  proxies: readProxies(environment),
  token: readFlusherToken(environment),
  signal: ending.signal,
  maxRequestTimeoutMs: MAX_REQUEST_TIMEOUT_MS,
});
process.exit();

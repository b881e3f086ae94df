import { hasMethods } from './has-methods.js';

/**
 * Events of Node.js's own emitters that do something else when nobody listens: an error is thrown, a stream keeps what it has,
 * a request is answered by the server, an uncaught error ends the process.
 */
const CHANGED: ReadonlySet<string> = new Set([
  'error',
  'data',
  'readable',
  'uncaughtException',
  'unhandledRejection',
  'upgrade',
  'connect',
  'checkContinue',
  'checkExpectation',
  'clientError',
  'dropRequest',
]);

/** A signal that somebody listens to no longer ends the process. */
const SIGNAL = /^SIG[A-Z0-9]+$/;

/** Would a listener for this event change what its source does? Then it is not for telemetry to listen. */
export function isChangedByListening(source: object, name: string): boolean {
  return CHANGED.has(name) || SIGNAL.test(name) || (name === 'message' && isChannel(source));
}

/** Listening to its messages keeps a channel, and the process with it, open. */
function isChannel(source: object): boolean {
  return source === process || hasMethods(source, 'postMessage');
}

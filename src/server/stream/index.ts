/** Where received events wait for a writer, when several machines share the work: a JetStream stream of NATS. Loads prom-client. */
export { createQueuedMessages } from './create-queued-messages.js';
export { createStreamService } from './create-stream-service.js';
export { createLink } from './link.js';
export { loadNats } from './load-nats.js';
export { logLink } from './log-link.js';

/** Takes received events out of the stream, and stores them. Loads prom-client. */
export { createWriter } from './create-writer.js';

/** What goes on by itself: work in rounds, and its end within some seconds. Loads prom-client: import it when it is needed. */
export { createUpkeep } from './create-upkeep.js';
export { errorCodeOf } from './error-code.js';
export { atMost, type Pause, pauseFor } from './pause.js';
export { repeat } from './repeat.js';
export { toService, type Worker, type WorkerOptions } from './worker.js';

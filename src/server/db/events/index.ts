/** Received events, in parts of one month each. */

export { createEventUpkeep } from './create-event-upkeep.js';
export { createDatabaseEventStore } from './event-store.js';

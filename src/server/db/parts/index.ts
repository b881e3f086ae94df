/** Tables that have a part for each month: made ahead, and dropped whole when they are old. */
export { deleteOld } from './delete-old.js';
export { createTurns } from './in-turn.js';
export { keepParts } from './keep-parts.js';
export { startOf } from './month.js';
export type { PartedTable } from './parted-table.js';
export { keptRange, type PartsOptions } from './plan-parts.js';
export type { UpkeepResult } from './upkeep-result.js';

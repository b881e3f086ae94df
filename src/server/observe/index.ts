/** How a service tells who operates it what it does: lines, figures, health. Loads pino: import it when it is needed. */
export type { HealthPart, PartHealth } from './health-part.js';
export { createLog, type Log, type LogFields, type LogLevel } from './log.js';
export type { Service } from './service.js';

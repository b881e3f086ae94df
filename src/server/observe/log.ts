import { pino } from 'pino';
import type { LogDestination } from './log-destination.js';
import { STANDARD_OUTPUT } from './standard-output.js';

/** What a field of a line may hold. Nothing of a person, no secret, no text of another program's error. */
export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** The least that is written. */
export type LogLevel = 'info' | 'warn' | 'error' | 'silent';

/** Lines for who operates a service: one JSON object each, with the name of what happened as `event`. */
export interface Log {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}

/**
 * @param service - as in `telemetry_collector`
 * @param destination - standard output unless given
 */
export function createLog(
  service: string,
  destination: LogDestination = STANDARD_OUTPUT,
  level: LogLevel = 'info',
): Log {
  const options = {
    level,
    // Without the process id and the name of the machine.
    base: { service },
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (level: string) => ({ level }) },
  };
  const logger = pino(options, { write: (line) => void destination.write(line) });
  return {
    info: (event, fields) => logger.info({ event, ...fields }),
    warn: (event, fields) => logger.warn({ event, ...fields }),
    error: (event, fields) => logger.error({ event, ...fields }),
  };
}

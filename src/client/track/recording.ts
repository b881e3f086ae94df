import type { MetricType } from '../../events/index.js';
import { quietly } from '../../internal/index.js';

/** Where what is tracked goes. A client's own parts never throw; whatever these do, the host does not notice. */
export interface Recording {
  /** An instance of an event class. */
  record(event: object): void;
  /** @param value - a number, or an object with `duration_ms` or `value` and attributes */
  metric(name: string, value: number | object, type?: MetricType): void;
  error(thrown: unknown, context?: object): void;
  /** Whether anything is recorded: where not, work is done without being looked at. */
  readonly isOn: () => boolean;
  /** Whether anything may be said of errors: their codes and classes are left out otherwise. */
  readonly tellsErrors: () => boolean;
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number;
}

/** @returns the milliseconds since this call; NaN, which no metric takes, when the clock does not work */
export function startTimer({ now }: Recording): () => number {
  const startedMs = quietly(now) ?? Number.NaN;
  return () => now() - startedMs;
}

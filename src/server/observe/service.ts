import type { Registry } from 'prom-client';
import type { HealthPart } from './health-part.js';

/** What works by itself, as the process that runs it sees it. */
export interface Service {
  readonly health: readonly HealthPart[];
  /** What `GET /metrics` shows of it. Names begin with `sotto_`, and every label is of a closed list. */
  readonly metrics: Registry;
  /** Begin to work. Called once. */
  start(): void;
  /** Come to an end within some seconds: what is under way is finished or given up, and nothing is done twice because of it. May be called twice. */
  stop(): Promise<void>;
}

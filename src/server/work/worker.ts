import { Registry } from 'prom-client';
import type { HealthPart, Log, Service } from '../observe/index.js';
import type { Pause } from './pause.js';

/** Work that goes on by itself. */
export interface Worker {
  readonly health: HealthPart;
  start(): void;
  /** Ends within some seconds. May be called twice. */
  stop(): Promise<void>;
}

/** What workers take from the process that they work in. */
export interface WorkerOptions {
  readonly log: Log;
  readonly metrics: Registry;
  readonly pause: Pause;
  /** 0 to 1. */
  readonly random: () => number;
  /** Unix time in milliseconds. */
  readonly nowMs: () => number;
}

/**
 * Some workers as one service. They are stopped together.
 *
 * @param open - makes them; they count in what it is given
 */
export function toService(open: (metrics: Registry) => readonly Worker[]): Service {
  const metrics = new Registry();
  const workers = open(metrics);
  return {
    health: workers.map(({ health }) => health),
    metrics,
    start() {
      for (const worker of workers) worker.start();
    },
    async stop() {
      await Promise.all(workers.map((worker) => worker.stop()));
    },
  };
}

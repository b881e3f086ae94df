import { atMost, type Pause } from './pause.js';

/** Rounds of some work, one after the other. */
export interface Rounds {
  start(): void;
  /** The round under way gets five seconds to finish. May be called twice. */
  stop(): Promise<void>;
}

const STOP_WITHIN_MS = 5_000;

/** @param round - never rejects; returns how many milliseconds to wait for the next */
export function repeat(round: (signal: AbortSignal) => Promise<number>, pause: Pause): Rounds {
  const end = new AbortController();
  let running: Promise<void> = Promise.resolve();
  const run = async () => {
    while (!end.signal.aborted) await pause(await round(end.signal), end.signal);
  };
  return {
    start() {
      running = run();
    },
    stop() {
      end.abort();
      return atMost(STOP_WITHIN_MS, running, pause);
    },
  };
}

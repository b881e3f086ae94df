import { type Pause, pauseFor } from '../../work/index.js';

/** What sending takes from the world. Tests hand in their own. */
export interface SendingEffects {
  /** Unix time in milliseconds. */
  readonly now: () => number;
  /** Milliseconds of a clock that nobody sets. */
  readonly monotonic: () => number;
  /** 0 to below 1. */
  readonly random: () => number;
  readonly sleep: Pause;
}

export const SYSTEM_EFFECTS: SendingEffects = {
  now: Date.now,
  monotonic: () => performance.now(),
  random: Math.random,
  sleep: pauseFor,
};

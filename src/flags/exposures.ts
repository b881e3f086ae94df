import type { FlagScalar } from './assignment.js';

/** Tells which flag values the program has acted upon, each once per session. */
export interface Exposures {
  report(key: string, value: FlagScalar): void;
  /** A new session has begun: everything is told again. */
  reset(): void;
}

/** @param onExposure - what it throws stays here: it must not harm who asked for a flag */
export function createExposures(onExposure: (key: string, value: FlagScalar) => void): Exposures {
  const told = new Set<string>();
  return {
    report(key, value) {
      const exposure = JSON.stringify([key, value]);
      if (told.has(exposure)) return;
      told.add(exposure);
      try {
        onExposure(key, value);
      } catch {
        // Nobody to tell.
      }
    },
    reset: () => told.clear(),
  };
}

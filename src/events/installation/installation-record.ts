import type { INSTALLATION_STATES } from '../vocabulary.js';
import { InstallationComplete, InstallationStart, InstallationStep } from './installation-events.js';

export interface InstallationOutcome {
  readonly success: boolean;
  /** Anything worth knowing; reduced by the rule for untyped payloads. */
  readonly summary?: object | undefined;
}

/**
 * One installation, from start to end: gives the event for each thing that happens, to be recorded by the caller.
 *
 * Tolerant of programs that end in odd ways: a step before `start` begins the installation, a second start or end and
 * anything after the end gives no event.
 */
export interface InstallationRecord {
  start(args?: object): InstallationStart | undefined;
  /** @param status - `started`, `completed`, `failed`, `skipped`; anything else leaves as `other` */
  step(name: string, status: string, details?: object): InstallationStep | undefined;
  complete(outcome: InstallationOutcome): InstallationComplete | undefined;
  /** The last event of a run that ends without `complete`; none when nothing had begun. */
  cancel(): InstallationComplete | undefined;
}

interface Step {
  readonly startedMs: number | undefined;
  readonly status: string;
}

/** Beyond these, further names of steps are recorded, but neither timed nor counted. */
const MAX_STEPS = 1_000;

/** @param now - milliseconds of a clock that never goes back */
export function createInstallationRecord(now: () => number): InstallationRecord {
  const steps = new Map<string, Step>();
  let startedMs: number | undefined;
  let hasEnded = false;

  function remember(name: string, status: string): number | undefined {
    const startedStepMs = status === 'started' ? now() : steps.get(name)?.startedMs;
    if (steps.has(name) || steps.size < MAX_STEPS) steps.set(name, { startedMs: startedStepMs, status });
    return status === 'started' || startedStepMs === undefined ? undefined : secondsSince(startedStepMs);
  }

  function end(
    status: (typeof INSTALLATION_STATES)[number],
    summary: object | undefined,
  ): InstallationComplete | undefined {
    if (hasEnded) return undefined;
    hasEnded = true;
    return Object.assign(new InstallationComplete(), {
      success: status === 'completed',
      status,
      duration_seconds: startedMs === undefined ? 0 : secondsSince(startedMs),
      steps_completed: countSteps('completed'),
      steps_failed: countSteps('failed'),
      steps_skipped: countSteps('skipped'),
      ...(summary && { summary }),
    });
  }

  const secondsSince = (sinceMs: number) => Math.max(0, now() - sinceMs) / 1_000;
  const countSteps = (status: string) => [...steps.values()].filter((step) => step.status === status).length;

  return {
    start(args = {}) {
      if (startedMs !== undefined || hasEnded) return undefined;
      startedMs = now();
      return Object.assign(new InstallationStart(), { installation_args: args });
    },
    step(name, status, details) {
      if (hasEnded) return undefined;
      startedMs ??= now();
      const duration_seconds = remember(name, status);
      return Object.assign(new InstallationStep(), {
        step_name: name,
        status,
        duration_seconds,
        ...(details && { details }),
      });
    },
    complete: ({ success, summary }) => end(success ? 'completed' : 'failed', summary),
    cancel: () => (startedMs === undefined ? undefined : end('cancelled', undefined)),
  };
}

import {
  createInstallationRecord,
  type InstallationOutcome,
  type InstallationRecord,
} from '../events/index.js';
import { onProcessEnd } from '../internal/index.js';

/**
 * How an installation goes: its start, its steps and its end. Where the program ends before the installation does, by Ctrl-C
 * too, its end is recorded as `cancelled`.
 */
export interface Installation {
  /** @param args - what it was started with: booleans and numbers leave, anything else as `<sanitized>` */
  start(args?: object): void;
  /** @param status - `started`, `completed`, `failed` or `skipped`; anything else leaves as `other` */
  step(name: string, status: string, details?: object): void;
  complete(outcome: InstallationOutcome): void;
}

export interface InstallationParts {
  readonly record: (event: object) => void;
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number;
}

export interface InstallationWatch extends Installation {
  /** Record the end as `cancelled`, unless it has been recorded. */
  cancel(): void;
  /** Record nothing any more. */
  discard(): void;
}

/**
 * The installation of a process: there is one.
 *
 * @remarks From its start to its end the process listens to SIGINT, SIGTERM and SIGHUP, and then dies of the same signal: Ctrl-C
 *   waits meanwhile for a step that computes without a pause.
 */
export function createInstallation({ record, now }: InstallationParts): InstallationWatch {
  let begun: InstallationRecord | undefined;
  let cancelAtEnd: (() => void) | undefined;

  const tell = (event: object | undefined) => {
    if (event) record(event);
  };
  const letGo = () => {
    cancelAtEnd?.();
    cancelAtEnd = undefined;
  };
  const cancel = () => {
    letGo();
    tell(begun?.cancel());
  };
  const cancelIfOver = (isOver: boolean) => {
    if (isOver) cancel();
  };
  // Few programs install anything.
  const installation = () => {
    begun ??= createInstallationRecord(now);
    return begun;
  };
  const begin = (event: object | undefined) => {
    if (event) cancelAtEnd ??= onProcessEnd({ stage: 'record', persist: cancelIfOver, finish: atOnce });
    tell(event);
  };

  return {
    start: (args) => begin(installation().start(args)),
    step: (name, status, details) => begin(installation().step(name, status, details)),
    complete(outcome) {
      letGo();
      tell(installation().complete(outcome));
    },
    cancel,
    discard: letGo,
  };
}

/** Signals are heard of only where something may be waited for; here that is nothing. */
const atOnce = async () => {};

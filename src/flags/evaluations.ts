import type { RemoteFlags } from './assignment.js';

export interface EvaluationsConfig {
  /** The longest an evaluation takes. */
  readonly timeoutMs: number;
  /** The shortest time from the start of one evaluation to the start of the next. */
  readonly refreshIntervalMs: number;
}

export interface EvaluationEffects {
  /** Ask the server. Undefined when there is no usable answer; may throw or reject, which is the same. */
  fetch(signal: AbortSignal): Promise<RemoteFlags | undefined>;
  /** Asked before every call and before its answer is used. */
  mayFetch(): boolean;
  learn(remote: RemoteFlags): void;
  now(): number;
  /** Run something later, once. @returns how to cancel it */
  startTimer(run: () => void, delayMs: number): () => void;
}

/** When the server is asked: at most once per window, by one call that everybody shares. */
export interface Evaluations {
  /** Resolves when this window's evaluation is over: answered, failed or timed out. Never rejects. */
  upToDate(): Promise<void>;
  /** As {@link upToDate}, but opens a new window now. An evaluation under way is awaited instead. */
  refresh(): Promise<void>;
  /** Give up the evaluation under way: who awaits it goes on with what is known. */
  abort(): void;
}

/** @remarks A window opens with a call, whatever comes of it, so a server in trouble is not asked more often. */
export function createEvaluations(config: EvaluationsConfig, effects: EvaluationEffects): Evaluations {
  let windowStartMs: number | undefined;
  let running: { readonly done: Promise<void>; readonly abort: () => void } | undefined;

  const isWindowOpen = () => {
    if (windowStartMs === undefined) return false;
    const ageMs = effects.now() - windowStartMs;
    // A clock that was set back must not keep a window open for longer.
    return ageMs >= 0 && ageMs < config.refreshIntervalMs;
  };

  const evaluate = async (signal: AbortSignal) => {
    const remote = await Promise.race([effects.fetch(signal), whenAborted(signal)]);
    // Consent may have gone while the call was under way: nothing is kept then.
    if (remote !== undefined && effects.mayFetch()) effects.learn(remote);
  };

  const start = () => {
    if (!effects.mayFetch()) return undefined;
    windowStartMs = effects.now();
    const controller = new AbortController();
    const abort = () => controller.abort();
    const cancelTimer = effects.startTimer(abort, config.timeoutMs);
    const done = evaluate(controller.signal).finally(() => {
      cancelTimer();
      running = undefined;
    });
    running = { done, abort };
    return done;
  };

  return {
    upToDate: () => quietly(() => running?.done ?? (isWindowOpen() ? undefined : start())),
    refresh: () => quietly(() => running?.done ?? start()),
    abort: () => running?.abort(),
  };
}

/** A failed evaluation changes nothing: what was known stays. */
async function quietly(work: () => Promise<void> | undefined): Promise<void> {
  try {
    await work();
  } catch {
    // Who asks for a flag gets what is known, or the fallback.
  }
}

function whenAborted(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
}

import { within } from './within.js';

/** Waiting that keeps a process alive only while somebody awaits it, and that can be cut short. */
export interface Sleeper {
  /** Resolves after so long, or at {@link wake}. */
  sleep(durationMs: number): Promise<void>;
  /** End the sleep under way. */
  wake(): void;
  /** Run `work` and wait for it, at most so long; meanwhile sleeps keep the process alive. Never rejects on time-out. */
  whileAwaited(timeoutMs: number, work: () => Promise<void>): Promise<void>;
}

export function createSleeper(): Sleeper {
  let current: { readonly timer: NodeJS.Timeout; readonly end: () => void } | undefined;
  let awaiting = 0;

  const sleep = (durationMs: number) =>
    new Promise<void>((resolve) => {
      const end = () => {
        clearTimeout(timer);
        current = undefined;
        resolve();
      };
      const timer = setTimeout(end, durationMs);
      if (awaiting === 0) timer.unref();
      current = { timer, end };
    });

  const whileAwaited = async (timeoutMs: number, work: () => Promise<void>) => {
    awaiting += 1;
    current?.timer.ref();
    try {
      await within(timeoutMs, work());
    } finally {
      awaiting -= 1;
      if (awaiting === 0) current?.timer.unref();
    }
  };

  return { sleep, wake: () => current?.end(), whileAwaited };
}

/** Whether somebody has asked a program that runs on to end. */
export interface EndRequest {
  /** Aborted once. */
  readonly asked: AbortSignal;
  /** Listen no longer: from then on a signal ends the process as it always does. */
  stop(): void;
}

const SIGNALS = ['SIGTERM', 'SIGHUP'] as const;

/**
 * Listen to those who may end a program that runs on: Ctrl-C; SIGTERM, by which whatever has started it asks for its end; and SIGHUP, by
 * which a terminal says that it was closed. A second one ends the process.
 *
 * @param interrupted - aborted by Ctrl-C
 * @param onAsked - told the signal, once
 */
export function listenForEnd(
  interrupted: AbortSignal,
  onAsked: (signal: NodeJS.Signals) => void = () => {},
): EndRequest {
  const request = new AbortController();
  const ask = (signal: NodeJS.Signals) => {
    if (request.signal.aborted) return;
    onAsked(signal);
    request.abort();
  };
  const onInterrupted = () => ask('SIGINT');
  for (const signal of SIGNALS) process.once(signal, ask);
  interrupted.addEventListener('abort', onInterrupted, { once: true });
  if (interrupted.aborted) onInterrupted();
  return {
    asked: request.signal,
    stop() {
      for (const signal of SIGNALS) process.off(signal, ask);
      interrupted.removeEventListener('abort', onInterrupted);
    },
  };
}

/** What comes of some work, or undefined when somebody asks for the end before it is done. The work itself is not ended by that. */
export async function unlessAsked<T>(work: Promise<T>, asked: AbortSignal): Promise<T | undefined> {
  let onAsked = () => {};
  const end = new Promise<undefined>((resolve) => {
    onAsked = () => resolve(undefined);
    asked.addEventListener('abort', onAsked);
    if (asked.aborted) onAsked();
  });
  try {
    return await Promise.race([work, end]);
  } finally {
    asked.removeEventListener('abort', onAsked);
  }
}

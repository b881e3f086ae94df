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
 */
export function listenForEnd(interrupted: AbortSignal): EndRequest {
  const request = new AbortController();
  const onAsked = () => request.abort();
  for (const signal of SIGNALS) process.once(signal, onAsked);
  interrupted.addEventListener('abort', onAsked, { once: true });
  if (interrupted.aborted) onAsked();
  return {
    asked: request.signal,
    stop() {
      for (const signal of SIGNALS) process.off(signal, onAsked);
      interrupted.removeEventListener('abort', onAsked);
    },
  };
}

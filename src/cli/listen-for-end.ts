/** Whether somebody has asked a program that runs on to end. */
export interface EndRequest {
  /** Aborted once. */
  readonly asked: AbortSignal;
  /** Listen no longer: from then on SIGTERM ends the process as it always does. */
  stop(): void;
}

/**
 * Listen to those who may end a program that runs on: Ctrl-C, and SIGTERM, by which whatever has started it asks for its end. A second
 * one ends the process.
 *
 * @param interrupted - aborted by Ctrl-C
 */
export function listenForEnd(interrupted: AbortSignal): EndRequest {
  const request = new AbortController();
  const onAsked = () => request.abort();
  process.once('SIGTERM', onAsked);
  interrupted.addEventListener('abort', onAsked, { once: true });
  if (interrupted.aborted) onAsked();
  return {
    asked: request.signal,
    stop() {
      process.off('SIGTERM', onAsked);
      interrupted.removeEventListener('abort', onAsked);
    },
  };
}

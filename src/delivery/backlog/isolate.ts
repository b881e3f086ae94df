/** What one attempt came to; `failed` is an answer of a server in trouble, `unclear` says nothing about the events. */
export type Trial = 'passed' | 'failed' | 'unclear';

/**
 * Find the one event that a server fails at, while it takes others.
 *
 * @param batch - failed as a whole
 * @param attempt - send these once
 * @param isWell - whether the server has just taken other events
 * @returns the event, when it failed alone and others passed; `failed` when one event does not explain it: the server is in trouble
 * @remarks Both halves are tried before it goes on with the one that failed: a server in trouble gets two requests.
 */
export async function isolate<T>(
  batch: readonly T[],
  attempt: (part: readonly T[]) => Promise<Trial>,
  isWell: boolean,
): Promise<{ readonly event: T } | Trial> {
  let part = batch;
  while (part.length > 1) {
    const middle = Math.ceil(part.length / 2);
    const halves = [part.slice(0, middle), part.slice(middle)] as const;
    const trials = [await attempt(halves[0]), await attempt(halves[1])] as const;
    if (trials.includes('unclear')) return 'unclear';
    if (trials[0] === trials[1]) return trials[0];
    part = halves[trials.indexOf('failed')] ?? [];
  }
  const [event] = part;
  if (event === undefined) return 'passed';
  // Out of halves: it has failed alone already, and its other half passed.
  if (batch.length > 1) return { event };
  if (!isWell) return 'failed';
  const again = await attempt(part);
  return again === 'failed' ? { event } : again;
}

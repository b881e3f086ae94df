import type { ConsentParts } from '../../client/index.js';

/** Does pieces of work one after the other. What one of them throws is its caller's. */
export type InTurn = <T>(work: () => T | Promise<T>) => Promise<T>;

const queues = new WeakMap<ConsentParts, InTurn>();

/**
 * The one queue of a client for what writes and what erases its bundles, however often the API is mounted: so nothing is
 * written of what has just been erased.
 */
export function turnsOf(consent: ConsentParts): InTurn {
  const known = queues.get(consent);
  if (known) return known;
  const inTurn = createTurns();
  queues.set(consent, inTurn);
  return inTurn;
}

function createTurns(): InTurn {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const turn = last.then(work);
    last = turn.catch(() => {});
    return turn;
  };
}

import { hasMethods } from './has-methods.js';

/** What warns when it has more listeners of one name than a limit, as Node's `EventEmitter`. */
interface LimitedEmitter {
  getMaxListeners(): number;
  setMaxListeners(limit: number): unknown;
}

/** What was raised here; whoever sets another limit begins anew. */
interface Raise {
  limit: number;
}

const raises = new WeakMap<object, Raise>();

/**
 * Raise the limit of an emitter by the one listener of each name that is about to be added, so that it warns of its own ones
 * only, and as early as before. Does nothing to what knows no limit, or has none.
 *
 * @returns lowers it again, unless it was set by somebody else meanwhile; may be called again
 */
export function makeRoom(emitter: object): () => void {
  if (!isLimited(emitter)) return () => {};
  const limit = emitter.getMaxListeners();
  // 0 is no limit.
  if (!Number.isFinite(limit) || limit <= 0) return () => {};
  const known = raises.get(emitter);
  const raise = known?.limit === limit ? known : { limit };
  raises.set(emitter, raise);
  const change = (by: 1 | -1) => {
    raise.limit += by;
    emitter.setMaxListeners(raise.limit);
  };
  change(1);
  let isRaised = true;
  return () => {
    const isOurs = raises.get(emitter) === raise && emitter.getMaxListeners() === raise.limit;
    if (isRaised && isOurs) change(-1);
    isRaised = false;
  };
}

const isLimited = (emitter: object): emitter is LimitedEmitter =>
  hasMethods(emitter, 'getMaxListeners', 'setMaxListeners');

import type { ConsentLayer, LayerSource } from '../settings/index.js';
import { type ConsentInput, decideConsent } from './decide.js';
import type { ConsentDecision } from './decision.js';

/** For how long a decision is taken as it is. A no by another process counts within a second. */
const MAX_AGE_MS = 500;

/** The decision of a process, kept up to date. The same frozen object as long as nothing about it changes. */
export interface ConsentWatch {
  /** The decision, at most half a second old. Cheap enough for every capture. */
  current(): ConsentDecision;
  /** The decision as of now: looks at every place first. For use before every request. */
  refresh(): ConsentDecision;
  /** Nobody could be asked, for this reason: `standard input is no terminal`. Told where nobody has agreed. */
  noteNotAsked(because: string): void;
}

/**
 * Decide again and again, as the places that speak about consent change.
 *
 * @param fixed - what cannot change while the process runs. When it holds an `off` about telemetry as a whole, no place is
 *   ever looked at
 * @param sources - looked at from the first question on, and read only when their fingerprint differs
 * @param now - milliseconds of any clock; one that jumps only makes it look earlier
 * @param epoch - read at each decision, after the sources: a no and a yes between two looks differ in nothing else
 * @param covers - which agreement is remembered, read likewise where it counts
 */
export function createConsentWatch(
  fixed: ConsentInput,
  sources: readonly LayerSource[],
  now: () => number,
  epoch: () => string,
  covers?: () => string,
): ConsentWatch {
  const isSettled = fixed.layers.some(({ kind, about }) => kind === 'off' && about === 'telemetry');
  const places = (isSettled ? [] : sources).map(createPlace);
  let decision: ConsentDecision | undefined;
  let lookedAtMs = 0;
  let { notAskedBecause } = fixed;

  function refresh(): ConsentDecision {
    lookedAtMs = now();
    const changes = places.filter((place) => place.look());
    return decision !== undefined && changes.length === 0 ? decision : decide();
  }

  const isFresh = () => Math.abs(now() - lookedAtMs) < MAX_AGE_MS;

  function decide(): ConsentDecision {
    const layers = [...fixed.layers, ...places.flatMap((place) => place.layers())];
    const decided = decideConsent({
      ...fixed,
      layers,
      notAskedBecause,
      epoch: isSettled ? '' : epoch(),
      covers,
    });
    if (decision === undefined || !isSame(decision, decided)) decision = decided;
    return decision;
  }

  return {
    current: () => (decision !== undefined && (isSettled || isFresh()) ? decision : refresh()),
    refresh,
    noteNotAsked(because) {
      notAskedBecause = because;
      decide();
    },
  };
}

function createPlace(source: LayerSource) {
  let seen: string | undefined;
  let layers: readonly ConsentLayer[] = [];
  return {
    /** @returns whether it was read, because it may say something else than before */
    look(): boolean {
      // Before the content: what changes in between is seen the next time.
      const fingerprint = source.fingerprint();
      if (fingerprint === seen) return false;
      seen = fingerprint;
      layers = source.read();
      return true;
    },
    layers: () => layers,
  };
}

/** Both come from one function, so that equal ones have equal texts. */
function isSame(a: ConsentDecision, b: ConsentDecision): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

import type { ConsentLayerName } from '../settings/index.js';

/** `off`: nothing at all. `local`: recorded for the user to see, never sent. `on`: recorded and sent. */
export type Mode = 'off' | 'local' | 'on';

/** What may decide: a layer that spoke, or something that is missing. */
export type DecidingLayer = ConsentLayerName | 'no_key' | 'not_asked' | 'notice_pending';

/** The reason of a decision, for `status()` and the command line. */
export interface ConsentReason {
  readonly layer: DecidingLayer;
  /** The variable or option that decided, or that is missing; never its value. */
  readonly source: string;
  /** One sentence for the user. */
  readonly message: string;
  /** One sentence: what to do to take this reason away. Another reason may stand behind it. */
  readonly fix: string;
}

/** What may be done with events, and why. */
export interface ConsentDecision {
  readonly mode: Mode;
  readonly why: ConsentReason;
}

import type { ConsentLayerName, ConsentSwitch } from '../settings/index.js';

/** `off`: nothing at all. `local`: recorded for the user to see, never sent. `on`: recorded and sent. */
export type Mode = 'off' | 'local' | 'on';

/** What may decide: a layer that spoke, or something that is missing. */
export type DecidingLayer =
  | ConsentLayerName
  | 'no_key'
  | 'not_asked'
  | 'notice_pending'
  | 'switch_not_chosen'
  | 'built_without';

/** The reason of a decision, for `status()` and the command line. */
export interface ConsentReason {
  readonly layer: DecidingLayer;
  /** The variable, option, flag or place in a file that decided, or what is missing; never its value. */
  readonly source: string;
  /** One sentence for the user. */
  readonly message: string;
  /** One sentence: what to do to take this reason away. Another reason may stand behind it. */
  readonly fix: string;
}

/** What may be done with one part of telemetry, and why. Never enabled in mode `off`. */
export interface SwitchDecision {
  readonly enabled: boolean;
  readonly why: ConsentReason;
}

/** What may be done with events, and why. */
export interface ConsentDecision {
  readonly mode: Mode;
  readonly why: ConsentReason;
  /** Differs after every answer of the person: what was made under one must not go on under another. */
  readonly epoch: string;
  /**
   * Which agreement of the person the events are held to: a short digest, empty while it is not remembered. Undefined where
   * the yes is to whatever version runs, and in mode `off`.
   */
  readonly covers: string | undefined;
  /** What is enabled within the mode. In mode `local` an enabled part is recorded too, and not sent. */
  readonly switches: Readonly<Record<ConsentSwitch, SwitchDecision>>;
}

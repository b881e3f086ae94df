import type { ConsentReason, Mode } from '../consent/index.js';
import type { ConsentSwitch, SettingWarning } from '../settings/index.js';
import type { CounterSnapshot } from './counters.js';
import type { EventNameWarning } from './event-name-check.js';

/** A rule that protects nothing: its class's objects have no such field. */
export interface FieldWarning {
  readonly code: 'FIELD_UNKNOWN';
  /** The event and the field: `code_search.pth`. */
  readonly source: string;
  readonly rule: string;
}

/** A package that this one needs for what the maker wants is not there. */
export interface PeerWarning {
  readonly code: 'PEER_MISSING';
  /** The package's name. */
  readonly source: string;
  readonly rule: string;
}

/** What telemetry does in this process and why: for the maker, for the user, for a bug report. Holds no user data. */
export interface Status extends CounterSnapshot {
  /** `off`: nothing at all. `local`: recorded for the user to see, never sent. `on`: sent. */
  readonly mode: Mode;
  /** What decided the mode, and a fix that works. */
  readonly why: ConsentReason;
  /** Whether the client was shut down: then nothing is recorded any longer, whatever the mode. */
  readonly hasEnded: boolean;
  /** What may be recorded of each kind, in a mode that is not `off`. */
  readonly switches: Readonly<Record<ConsentSwitch, boolean>>;
  /**
   * What does not leave because the person has agreed to a version that said less, as paths such as `search.results.kind`; `*`
   * for everything, where it is not known what they agreed to.
   */
  readonly heldBack: readonly string[];
  /** Events that wait or are on their way. */
  readonly pending: number;
  /** Where events go; undefined unless the mode is `on`. */
  readonly host: string | undefined;
  /** Settings that do not have the effect their author expects. */
  readonly warnings: readonly (SettingWarning | FieldWarning | PeerWarning | EventNameWarning)[];
}

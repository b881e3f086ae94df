import type { ConsentDecision, ConsentWatch } from '../consent/index.js';
import type { DropReason, EventKind } from '../privacy/index.js';
import type { ConsentSwitch } from '../settings/index.js';
import type { Recorder } from './recorder.js';

export interface GateParts {
  readonly watch: ConsentWatch;
  /** Make what records. Called only while the mode is `local` or `on`. */
  readonly createRecorder: (decision: ConsentDecision) => Recorder;
}

/**
 * The one gate: what may record at this moment. It follows consent while the process runs: the recorder comes into being
 * with a yes and is given up, with everything that waited in it, with a no, to telemetry or to a part of it.
 */
export class Gate {
  readonly #parts: GateParts;
  #decision: ConsentDecision | undefined;
  #recorder: Recorder | undefined;
  #hasEnded = false;
  #wasOpen = false;

  constructor(parts: GateParts) {
    this.#parts = parts;
  }

  /** What records now; undefined while nothing may be recorded, and after the end. */
  get recorder(): Recorder | undefined {
    return this.#hasEnded ? undefined : this.#follow(this.#parts.watch.current());
  }

  /** Whether anything may be recorded now. Makes nothing: what records comes with what is recorded. */
  get isOpen(): boolean {
    if (this.#hasEnded) return false;
    return this.#parts.watch.current().mode !== 'off' || this.recorder !== undefined;
  }

  /** Look at every place that speaks about consent, and follow it. */
  refresh(): ConsentDecision {
    const decision = this.#parts.watch.refresh();
    if (!this.#hasEnded) this.#follow(decision);
    return decision;
  }

  /** Whether events of a kind may be recorded, by the decision that is being followed. */
  mayRecord(kind: EventKind): boolean {
    return this.#decision?.switches[SWITCHES[kind]].enabled === true;
  }

  /** Whether a field may add what it declares for tools over privacy, by the decision that is being followed. */
  get isToolsOverPrivacy(): boolean {
    return this.#decision?.switches.toolsOverPrivacy.enabled === true;
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** Whether anything was ever recorded through it. */
  get wasOpen(): boolean {
    return this.#wasOpen;
  }

  /** Close for good. @returns what recorded last, to be brought to its end */
  end(): Recorder | undefined {
    const last = this.recorder;
    this.#hasEnded = true;
    this.#recorder = undefined;
    return last;
  }

  #follow(decision: ConsentDecision): Recorder | undefined {
    if (decision === this.#decision) return this.#recorder;
    const before = this.#decision;
    this.#decision = decision;
    if (before && !isAnother(before, decision)) return this.#recorder;
    if (before) this.#giveUp(before, decision);
    this.#recorder = decision.mode === 'off' ? undefined : this.#parts.createRecorder(decision);
    this.#wasOpen ||= this.#recorder !== undefined;
    return this.#recorder;
  }

  #giveUp(before: ConsentDecision, after: ConsentDecision): void {
    if (!isLess(before, after)) {
      this.#recorder?.leave();
      return;
    }
    // What waits was recorded under what held before: it may be more than is allowed now.
    const isKept = after.mode !== 'off' && before.epoch === after.epoch;
    this.#recorder?.abandon(reasonOf(after), { isKept });
  }
}

/**
 * Is what was made under one decision no longer good under the next? So it is when less may be done, and when more may: events
 * are noted with the parts of consent that they may have been recorded under.
 */
function isAnother(before: ConsentDecision, after: ConsentDecision): boolean {
  return isLess(before, after) || isLess(after, before);
}

/** May less be done? So it is in another mode, after a no that was taken back meanwhile, and when a part was switched off. */
function isLess(before: ConsentDecision, after: ConsentDecision): boolean {
  if (before.mode !== after.mode || before.epoch !== after.epoch) return true;
  return Object.entries(before.switches).some(
    ([name, { enabled }]) => enabled && !after.switches[name as ConsentSwitch].enabled,
  );
}

const SWITCHES = {
  usage: 'usageAnalytics',
  error: 'errorReporting',
  crash: 'crashReporting',
} as const satisfies Record<EventKind, ConsentSwitch>;

/** Why what waited is given up. */
function reasonOf({ why }: ConsentDecision): DropReason {
  return why.layer === 'store_unusable' ? 'store_unusable' : 'consent_off';
}

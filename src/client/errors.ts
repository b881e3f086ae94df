import { describeError, type FrameSources, type ReportedErrors } from '../crash/index.js';
import { type CrashOrigin, toCrashCaptured, toErrorOccurred } from '../events/index.js';
import type { ErrorDescription, EventKind, SanitizedEvent } from '../privacy/index.js';
import type { CrashFiles } from '../store/index.js';

export interface ErrorParts {
  /** Asked at the first error: it reads files. */
  readonly frames: () => FrameSources;
  readonly mayRecord: (kind: EventKind) => boolean;
  readonly record: (event: object) => SanitizedEvent | undefined;
  /** The user's own copies of crash reports. */
  readonly crashFiles: CrashFiles;
  /** What was reported before. */
  readonly reported: { readonly errors: ReportedErrors; readonly crashes: ReportedErrors };
}

/** From anything that was thrown to the event that tells of it, once for each error. */
export class Errors {
  readonly #parts: ErrorParts;

  constructor(parts: ErrorParts) {
    this.#parts = parts;
  }

  /** An error that the program handled. */
  record(thrown: unknown, context: unknown): void {
    if (!this.#parts.mayRecord('error') || !this.#parts.reported.errors.isNew(thrown)) return;
    const said = toContext(context);
    this.#parts.record(toErrorOccurred(this.#describe(thrown, said), said));
  }

  /** An error that ends the program, or a part of it. Synchronous up to the disk: nothing may run after it. */
  recordCrash(thrown: unknown, origin: CrashOrigin, context: unknown): void {
    if (!this.#parts.mayRecord('crash') || !this.#parts.reported.crashes.isNew(thrown)) return;
    const said = toContext(context);
    const event = this.#parts.record(toCrashCaptured(this.#describe(thrown, said), origin, said));
    if (event) this.#parts.crashFiles.write(event);
  }

  #describe(thrown: unknown, context: object): ErrorDescription {
    return describeError(thrown, this.#parts.frames(), { isInstallation: 'step_name' in context });
  }
}

/** Plain JavaScript may pass anything: that is no reason to lose the error. */
const toContext = (context: unknown): object =>
  typeof context === 'object' && context !== null ? context : {};

import { createMetrics, type Metrics, type MetricType } from '../events/index.js';
import { onProcessEnd } from '../internal/index.js';
import type { CountDrop, DropReason } from '../privacy/index.js';
import type { Session, Sessions } from './sessions.js';

export interface MetricsRecorderParts {
  readonly sessions: Sessions;
  readonly record: (report: object) => void;
  readonly countDrop: CountDrop;
  /** The longest that what was measured is in memory only. */
  readonly intervalMs: number;
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number;
  /** Whether it may still be recorded: asked where time has passed, or the process ends. */
  readonly isCurrent: () => boolean;
}

/**
 * Holds what was measured and reports it as one event for each series: after an interval, at the end of a session, before
 * events are sent on request, and when the process ends.
 *
 * @remarks Has a timer and a listener only while there is something to report, and neither keeps the process alive. A process
 *   that is killed loses what was measured since the last report: an interval at most.
 */
export class MetricsRecorder {
  readonly #parts: MetricsRecorderParts;
  readonly #metrics: Metrics<Session>;
  #cancel: (() => void) | undefined;

  constructor(parts: MetricsRecorderParts) {
    this.#parts = parts;
    this.#metrics = createMetrics<Session>({ now: parts.now, countDrop: parts.countDrop });
  }

  measure(name: string, measured: unknown, type: MetricType | undefined): void {
    this.#metrics.record(this.#parts.sessions.current, name, measured, type);
    if (this.#metrics.size > 0) this.#cancel ??= this.#schedule();
  }

  /** Record what was measured, each series in the session it belongs to. @param of - in this session only */
  report(of?: Session): void {
    const taken = this.#metrics.take(of);
    if (this.#metrics.size === 0) this.#cancelPlan();
    const { sessions, record } = this.#parts;
    for (const { session, report } of taken) sessions.within(session, () => record(report));
  }

  /** Forget what was measured, because it may not be recorded any more. */
  discard(reason: DropReason): void {
    this.#cancelPlan();
    const { length } = this.#metrics.take();
    if (length > 0) this.#parts.countDrop(reason, length);
  }

  #cancelPlan(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #schedule(): () => void {
    const report = () => {
      if (this.#parts.isCurrent()) this.report();
    };
    const timer = setTimeout(report, this.#parts.intervalMs).unref();
    const cancelAtEnd = onProcessEnd({ stage: 'record', persist: report, finish: undefined });
    return () => {
      clearTimeout(timer);
      cancelAtEnd();
    };
  }
}

import { codeOf } from '../../crash/index.js';
import { CommandExecuted, OPERATION_LATENCY, Operation, ServiceHealth } from '../../events/index.js';
import { onProcessEnd, quietly } from '../../internal/index.js';
import { observe } from './observe.js';
import { errorTypeOf, statusOf } from './read-outcome.js';
import { type Recording, startTimer } from './recording.js';
import { createStartRequest, type RequestOptions, type RequestRoute, type StartRequest } from './request.js';

export interface SpanOptions {
  /** Record each operation as an event of its own too, `<app>.operation`. False unless given: mind paths that run often. */
  readonly event?: boolean;
  /** Record what the operation fails with as an error too. False unless given: whoever handles it may want to decide. */
  readonly errors?: boolean;
}

export interface CommandName {
  readonly command: string;
  readonly subcommand?: string;
}

export type HealthStatus = 'healthy' | 'degraded' | 'unhealthy' | (string & {});

/**
 * Work done under observation. Each takes the work as a function, calls it at once and exactly once, and returns what it
 * returns and throws what it throws; a plain promise is answered with a promise of the same outcome. Nothing is measured or
 * changed in between, and nothing that telemetry does is noticed.
 *
 * @example
 * ```ts
 * const matches = await telemetry.track.span('search.rank', () => rank(query));
 * await telemetry.track.command({ command: 'index', subcommand: 'add' }, () => run(args));
 * ```
 */
export interface Track {
  /**
   * How long an operation takes, by its name and whether it succeeded: into the histogram of the metric
   * `performance.latency`, which is reported from time to time, so that a call costs no event.
   *
   * @param name - a label of yours, such as `search.rank`; nothing of the host's data. One that reads like the name of a file
   *   or a host, such as `query.sql`, does not leave
   */
  span<Result>(name: string, work: () => Result, options?: SpanOptions): Result;
  /**
   * One `<app>.cli.command` event when the command has ended, by `process.exit()` too, with its duration and whether it succeeded.
   */
  command<Result>(command: string | CommandName, work: () => Result): Result;
  /**
   * One `<app>.api.request` event, and the latency in the histogram of `performance.latency`. The status is a number that
   * the result, or what is thrown, has as `status` or `statusCode`; without one it is 200 or 500.
   *
   * An event a request is a lot for a busy server: `{ event: false }` leaves the histogram, which also tells the routes and
   * the classes of status apart.
   */
  request<Result>(request: RequestRoute, work: () => Result, options?: RequestOptions): Result;
  /** For servers that no function call stands for a request in: see {@link StartRequest}. */
  readonly startRequest: StartRequest;
  /**
   * One `<app>.health` event.
   *
   * @param status - or a check that gives it; one that throws or rejects means `unhealthy`
   * @returns when it is recorded; never rejects
   */
  health(service: string, status: HealthStatus | (() => HealthStatus | Promise<HealthStatus>)): Promise<void>;
}

/** @param recording - asked at each call, so it may stop recording at any time */
export function createTrack(recording: Recording): Track {
  const startRequest = createStartRequest(recording);
  return {
    span(name, work, options) {
      if (!recording.isOn()) return work();
      const durationMs = startTimer(recording);
      return observe(work, (outcome) => {
        const { succeeded } = outcome;
        const duration_ms = durationMs();
        recording.metric(OPERATION_LATENCY, { operation_type: name, succeeded, duration_ms });
        const error_type = succeeded || !recording.tellsErrors() ? undefined : errorTypeOf(outcome.thrown);
        if (options?.event)
          recording.record(
            Object.assign(new Operation(), { span_name: name, succeeded, duration_ms, error_type }),
          );
        if (options?.errors && !succeeded) recording.error(outcome.thrown, { operation: name });
      });
    },
    command(command, work) {
      if (!recording.isOn()) return work();
      const durationMs = startTimer(recording);
      const tell = (succeeded: boolean, error_code?: string) => {
        const name: CommandName = typeof command === 'string' ? { command } : command;
        const { subcommand } = name;
        const fields = {
          command: name.command,
          subcommand,
          succeeded,
          duration_ms: durationMs(),
          error_code,
        };
        recording.record(Object.assign(new CommandExecuted(), fields));
      };
      // Many commands end by `process.exit()`, and never come back here.
      const cancelAtEnd = onExit(() => tell((process.exitCode ?? 0) === 0));
      return observe(work, (outcome) => {
        cancelAtEnd();
        const isTold = !outcome.succeeded && recording.tellsErrors();
        tell(outcome.succeeded, isTold ? codeOf(outcome.thrown) : undefined);
      });
    },
    request(request, work, options) {
      if (!recording.isOn()) return work();
      const answered = startRequest(options);
      return observe(work, (outcome) => answered({ ...request, status: statusOf(outcome) }));
    },
    startRequest,
    async health(service, status) {
      if (!recording.isOn()) return;
      const state = typeof status === 'function' ? await checkedState(status) : status;
      quietly(() => recording.record(Object.assign(new ServiceHealth(), { service, status: state })));
    },
  };
}

/** @returns how to cancel it */
function onExit(work: () => void): () => void {
  const tellIfOver = (isOver: boolean) => {
    if (!isOver) return;
    cancel();
    work();
  };
  const cancel = onProcessEnd({ stage: 'record', persist: tellIfOver, finish: undefined });
  return cancel;
}

async function checkedState(check: () => HealthStatus | Promise<HealthStatus>): Promise<HealthStatus> {
  try {
    return await check();
  } catch {
    return 'unhealthy';
  }
}

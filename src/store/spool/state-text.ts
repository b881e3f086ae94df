import { toIso } from '../../internal/index.js';

/** What is known of a server after its failures. */
export interface HostState {
  /** In a row. */
  readonly failures: number;
  /** When the first of these was, in milliseconds since 1970. */
  readonly firstFailureAtMs: number | undefined;
  /** Nothing may be sent before, in milliseconds since 1970; 0 when it may. Only {@link toRestMs} says whether it counts. */
  readonly notBeforeMs: number;
  /** Whether it was the server that said so. */
  readonly serverSaid: boolean;
}

/** Why events were lost that no process could tell of itself. */
export const LOSS_REASONS = ['too_large', 'rejected_by_server', 'record_torn'] as const;
export type LossReason = (typeof LOSS_REASONS)[number];

/** What the processes of a state directory know together. */
export interface DeliveryRecord {
  /** Those in trouble, by address; the one that failed last comes last. */
  readonly hosts: ReadonlyMap<string, HostState>;
  /** Losses by number; a reason that never occurred is absent. */
  readonly dropped: Readonly<Partial<Record<LossReason, number>>>;
}

/** A server that nothing is wrong with. */
export const NO_TROUBLE: HostState = {
  failures: 0,
  firstFailureAtMs: undefined,
  notBeforeMs: 0,
  serverSaid: false,
};
/** No rest is longer than a day: one that is comes of a clock that jumped. */
const LONGEST_REST_MS = 25 * 3_600_000;

/**
 * How long nothing may be sent yet; 0 when it may.
 *
 * @param nowMs - since 1970. A rest that would last longer than 25 hours counts as none, at whatever time that is seen
 */
export function toRestMs({ notBeforeMs }: HostState, nowMs: number): number {
  const restMs = notBeforeMs - nowMs;
  return restMs > 0 && restMs <= LONGEST_REST_MS ? restMs : 0;
}

/** @throws {RangeError} for a time that is none */
export function formatDelivery({ hosts, dropped }: DeliveryRecord): string {
  const written = [...hosts].map(([host, state]) => [host, toWritten(state)] as const);
  return `${JSON.stringify({ hosts: Object.fromEntries(written), dropped })}\n`;
}

function toWritten({ failures, firstFailureAtMs, notBeforeMs, serverSaid }: HostState) {
  return {
    failures,
    first_failure_at: firstFailureAtMs === undefined ? null : toIso(firstFailureAtMs),
    not_before: notBeforeMs > 0 ? toIso(notBeforeMs) : null,
    server_said: serverSaid,
  };
}

/** Read what {@link formatDelivery} wrote, and anything else without harm. */
export function parseDelivery(text: string): DeliveryRecord {
  const { hosts, dropped } = parseObject(text);
  const counts = toObject(dropped);
  return {
    hosts: new Map(Object.entries(toObject(hosts)).map(([host, state]) => [host, parseHost(state)])),
    dropped: Object.fromEntries(
      LOSS_REASONS.flatMap((reason) => (isCount(counts[reason]) ? [[reason, counts[reason]]] : [])),
    ),
  };
}

function parseHost(found: unknown): HostState {
  const { failures, first_failure_at, not_before, server_said } = toObject(found);
  return {
    failures: isCount(failures) ? failures : 0,
    firstFailureAtMs: parseTime(first_failure_at),
    notBeforeMs: parseTime(not_before) ?? 0,
    serverSaid: server_said === true,
  };
}

type Unknown = Readonly<Record<string, unknown>>;

function parseObject(text: string): Unknown {
  try {
    return toObject(JSON.parse(text));
  } catch {
    return {};
  }
}

const toObject = (found: unknown): Unknown =>
  typeof found === 'object' && found !== null && !Array.isArray(found) ? { ...found } : {};

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

function parseTime(value: unknown): number | undefined {
  const timeMs = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(timeMs) ? undefined : timeMs;
}

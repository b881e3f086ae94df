import { toIso } from '../../internal/index.js';
import type { CounterName, JsonObject, SanitizedProperties } from '../../privacy/index.js';
import { type Found, isName, parseObject, parseTime } from './found.js';
import { isPayload, toKeptPayload } from './payload.js';

/** What is counted. */
export type UsageRecord =
  | { readonly kind: 'feature'; readonly name: CounterName; readonly variant?: CounterName | undefined }
  | {
      readonly kind: 'event';
      readonly name: CounterName;
      readonly category: CounterName;
      readonly payload: SanitizedProperties;
    }
  | { readonly kind: 'hook'; readonly name: CounterName; readonly payload: SanitizedProperties };

/** A record as it is read back. Its names look like ones that were counted, and its payload is bounded. */
export type UsageEntry = { readonly name: string; readonly timeMs: number } & (
  | { readonly kind: 'feature'; readonly variant: string | undefined }
  | { readonly kind: 'event'; readonly category: string; readonly payload: JsonObject }
  | { readonly kind: 'hook'; readonly payload: JsonObject }
);

/** The first line of a log. */
export interface LogHeader {
  /** Of this file and no other: who counted it remembers it. */
  readonly id: string;
  readonly createdAtMs: number;
}

const ID = /^[0-9a-f-]{1,64}$/;
/** How each header starts. */
const HEADER_START = '{"id":';

export const isLogId = (found: unknown): found is string => typeof found === 'string' && ID.test(found);

export const formatHeader = ({ id, createdAtMs }: LogHeader): string =>
  toLine({ id, created_at: toIso(createdAtMs) });

/** @throws {RangeError} for a time that is none */
export function formatRecord(record: UsageRecord, timeMs: number): string {
  const ts = toIso(timeMs);
  switch (record.kind) {
    case 'feature':
      return toLine({ feature: record.name, variant: record.variant, ts });
    case 'event':
      return toLine({
        event: record.name,
        category: record.category,
        ts,
        payload: toKeptPayload(record.payload),
      });
    case 'hook':
      return toLine({ hook: record.name, ts, payload: toKeptPayload(record.payload) });
    default:
      return record satisfies never;
  }
}

export interface ParsedLog extends LogHeader {
  readonly entries: readonly UsageEntry[];
  /** Not all of it could be read. */
  readonly isDamaged: boolean;
}

/**
 * Read the text of a log. Its last line may be half written: its process was killed.
 *
 * @returns `nothing` when not even the first record was written; undefined for what is no log. Never throws
 */
export function parseLog(text: string): ParsedLog | 'nothing' | undefined {
  const [first = '', ...lines] = text.split('\n');
  const last = lines.pop();
  if (last === undefined)
    return HEADER_START.startsWith(first.slice(0, HEADER_START.length)) ? 'nothing' : undefined;
  const header = parseHeader(first);
  if (!header) return undefined;
  const whole = lines.map(parseEntry);
  const entries = [...whole, parseEntry(last)].filter((entry) => entry !== undefined);
  return { ...header, entries, isDamaged: whole.includes(undefined) };
}

function parseHeader(line: string): LogHeader | undefined {
  const { id, created_at } = parseObject(line) ?? {};
  const createdAtMs = parseTime(created_at);
  return isLogId(id) && createdAtMs !== undefined ? { id, createdAtMs } : undefined;
}

function parseEntry(line: string): UsageEntry | undefined {
  const found = parseObject(line);
  if (found === undefined) return undefined;
  if ('feature' in found) return parseFeature(found);
  return 'event' in found ? parseEvent(found) : parseHook(found);
}

function parseFeature({ feature, variant, ts }: Found): UsageEntry | undefined {
  const timeMs = parseTime(ts);
  if (!isName(feature) || timeMs === undefined) return undefined;
  if (variant !== undefined && !isName(variant)) return undefined;
  return { kind: 'feature', name: feature, variant, timeMs };
}

/** Also one of those that a total keeps. */
export function parseEvent({ event, category, ts, payload }: Found) {
  const timeMs = parseTime(ts);
  const isEvent = isName(event) && isName(category) && timeMs !== undefined && isPayload(payload);
  return isEvent ? { kind: 'event' as const, name: event, category, timeMs, payload } : undefined;
}

function parseHook({ hook, ts, payload }: Found): UsageEntry | undefined {
  const timeMs = parseTime(ts);
  const isHook = isName(hook) && timeMs !== undefined && isPayload(payload);
  return isHook ? { kind: 'hook', name: hook, timeMs, payload } : undefined;
}

const toLine = (value: object): string => `${JSON.stringify(value)}\n`;

import { digestOfContent, digestOfEvent } from '../../privacy/index.js';

/** An event as it was shown. */
export interface ShownEvent {
  /** Undefined in a preview, which is no event yet. */
  readonly uuid: string | undefined;
  /** See `digestOfEvent`; undefined for what is none of our events, or has no uuid. */
  readonly digest: string | undefined;
  /** Of a preview: see `digestOfContent`. */
  readonly content: string | undefined;
}

type Members = Readonly<Record<string, unknown>>;

const NAMES = ['uuid', 'event', 'distinct_id', 'timestamp', 'properties'];
/** Other output of a program does not say this. */
const LOOKS_LIKE_EVENT = /"(?:uuid|event|distinct_id|timestamp|properties)"/;
const MAX_LEVELS = 16;
const BROKEN: ShownEvent = { uuid: undefined, digest: undefined, content: undefined };

/**
 * Find the events in what was shown of them: by `preview`, `show-data --json`, `export`, as JSON; or by verbose output, line by line,
 * with the program's own lines between.
 *
 * @returns in their order; what looks like an event and cannot be read is one without anything
 */
export function readShown(text: string): readonly ShownEvent[] {
  const whole = parse(text);
  if (whole !== undefined) return eventsIn(whole);
  return text.split('\n').flatMap((line) => {
    const value = parse(line);
    if (value !== undefined) return eventsIn(value);
    return LOOKS_LIKE_EVENT.test(line) ? [BROKEN] : [];
  });
}

function eventsIn(value: unknown, levels = MAX_LEVELS): readonly ShownEvent[] {
  if (typeof value !== 'object' || value === null || levels === 0) return [];
  if (Array.isArray(value)) return value.flatMap((inside) => eventsIn(inside, levels - 1));
  const members = value as Members;
  // An export has more than events.
  if ('telemetry_files' in members) return eventsIn(members.telemetry_files, levels - 1);
  const named = 'event_type' in members ? { ...members, event: members.event_type } : members;
  if (NAMES.filter((name) => name in named).length >= 2) return [toShown(named)];
  return Object.values(members).flatMap((inside) => eventsIn(inside, levels - 1));
}

function toShown(members: Members): ShownEvent {
  const { uuid, event, distinct_id, timestamp, properties } = members;
  const digest = canonical(() => digestOfEvent({ uuid, event, distinct_id, timestamp, properties }));
  const isPreview = !('uuid' in members) && !('timestamp' in members);
  return isPreview
    ? { uuid: undefined, digest: undefined, content: canonical(() => digestOfContent({ event, properties })) }
    : { uuid: typeof uuid === 'string' ? uuid : '', digest, content: undefined };
}

/** Undefined for what has no canonical text. */
function canonical(make: () => string): string | undefined {
  try {
    return make();
  } catch {
    return undefined;
  }
}

/** Undefined also for what names a member twice: who reads it sees both, and a program one. */
function parse(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return countMembers(value) === countColons(text) ? value : undefined;
  } catch {
    return undefined;
  }
}

function countMembers(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const inside = Object.values(value);
  const own = Array.isArray(value) ? 0 : inside.length;
  return inside.reduce<number>((sum, member) => sum + countMembers(member), own);
}

/** Those that stand between a name and its value: texts are passed over. */
function countColons(text: string): number {
  let count = 0;
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|:/g)) if (token === ':') count += 1;
  return count;
}

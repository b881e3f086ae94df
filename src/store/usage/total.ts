import { toIso } from '../../internal/index.js';
import { type Found, isCount, isName, parseObject, parseTime, toObject } from './found.js';
import { isLogId, parseEvent } from './lines.js';
import { isPayload } from './payload.js';
import { addCreation, addEntry, addFeature, addHook, createTally, type Sample, type Tally } from './tally.js';
import { toUsage } from './usage.js';
import { toUsageJson } from './usage-json.js';

/** What the finished logs add up to. */
export interface Total {
  /** The caller's own, to add to. */
  readonly tally: Tally;
  /** Ids of the logs that are in it, and may not have been removed yet. */
  readonly merged: ReadonlySet<string>;
  /** Not all of it could be read. */
  readonly isDamaged: boolean;
}

export const createTotal = (isDamaged = false): Total => ({
  tally: createTally(),
  merged: new Set(),
  isDamaged,
});

export function formatTotal(tally: Tally, merged: Iterable<string>): string {
  const created_at = tally.createdAtMs === undefined ? null : toIso(tally.createdAtMs);
  return `${JSON.stringify({ created_at, merged: [...merged], ...toUsageJson(toUsage(tally, false)) })}\n`;
}

/** Read what {@link formatTotal} wrote, and anything else without harm: what is no count is left out. */
export function parseTotal(text: string): Total {
  const found = parseObject(text);
  if (found === undefined) return createTotal(true);
  const tally = createTally();
  const createdAtMs = parseTime(found.created_at);
  if (createdAtMs !== undefined) addCreation(tally, createdAtMs);
  const merged = new Set<string>();
  const areWhole = [
    createdAtMs !== undefined || found.created_at === null,
    readItems(found.merged, (id) => isLogId(id) && merged.add(id).has(id)),
    readMembers(found.features, (name, feature) => readFeature(tally, name, feature)),
    readMembers(found.hooks, (name, hook) => readHook(tally, name, hook)),
    readItems(found.events, (event) => readEvent(tally, event)),
  ];
  return { tally, merged, isDamaged: areWhole.includes(false) };
}

/** Into a tally goes what can be read. @returns whether that was all */
function readFeature(tally: Tally, name: string, found: unknown): boolean {
  const feature = toObject(found) ?? {};
  const tallied = readTallied(feature);
  if (!isName(name) || !tallied) return false;
  const variants = new Map<string, number>();
  const isWhole = readMembers(feature.variants ?? {}, (variant, count) => {
    const isVariant = isName(variant) && isCount(count);
    if (isVariant) variants.set(variant, count);
    return isVariant;
  });
  addFeature(tally, name, { ...tallied, variants });
  return isWhole;
}

function readHook(tally: Tally, name: string, found: unknown): boolean {
  const hook = toObject(found) ?? {};
  const tallied = readTallied(hook);
  if (!isName(name) || !tallied) return false;
  const samples: Sample[] = [];
  const isWhole = readItems(hook.samples, (item) => {
    const { ts, payload } = toObject(item) ?? {};
    const timeMs = parseTime(ts);
    const isSample = timeMs !== undefined && isPayload(payload);
    if (isSample) samples.push({ timeMs, payload });
    return isSample;
  });
  addHook(tally, name, { ...tallied, samples });
  return isWhole;
}

function readEvent(tally: Tally, found: unknown): boolean {
  const event = parseEvent(toObject(found) ?? {});
  if (event) addEntry(tally, event);
  return event !== undefined;
}

function readTallied({ total, last_ts }: Found) {
  const lastMs = parseTime(last_ts);
  return isCount(total) && lastMs !== undefined ? { total, lastMs } : undefined;
}

function readMembers(found: unknown, read: (name: string, member: unknown) => boolean): boolean {
  const members = toObject(found);
  return (
    members !== undefined &&
    Object.entries(members)
      .map(([name, member]) => read(name, member))
      .every(Boolean)
  );
}

function readItems(found: unknown, read: (item: unknown) => boolean): boolean {
  return Array.isArray(found) && found.map(read).every(Boolean);
}

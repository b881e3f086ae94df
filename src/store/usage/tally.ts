import type { JsonObject } from '../../privacy/index.js';
import { MAX_EVENTS, MAX_FEATURES, MAX_HOOKS, MAX_SAMPLES, MAX_VARIANTS, OTHER } from './limits.js';
import type { UsageEntry } from './lines.js';

/** Records, added up. Changed in place, by what is in this file. */
export interface Tally {
  createdAtMs: number | undefined;
  readonly features: Map<string, FeatureTally>;
  readonly hooks: Map<string, HookTally>;
  /** In no order, and some more than are kept in the end. */
  readonly events: KeptEvent[];
}

interface Tallied {
  total: number;
  lastMs: number;
}

export interface FeatureTally extends Tallied {
  readonly variants: Map<string, number>;
}

export interface HookTally extends Tallied {
  /** As {@link Tally.events}. */
  readonly samples: Sample[];
}

export interface Sample {
  readonly timeMs: number;
  readonly payload: JsonObject;
}

export interface KeptEvent extends Sample {
  readonly event: string;
  readonly category: string;
}

export const createTally = (): Tally => ({
  createdAtMs: undefined,
  features: new Map(),
  hooks: new Map(),
  events: [],
});

/** When something was first counted: the earliest that is said. */
export function addCreation(tally: Tally, createdAtMs: number): void {
  tally.createdAtMs = Math.min(tally.createdAtMs ?? createdAtMs, createdAtMs);
}

export function addEntry(tally: Tally, entry: UsageEntry): void {
  const { name, timeMs } = entry;
  switch (entry.kind) {
    case 'feature':
      addFeature(tally, name, { total: 1, lastMs: timeMs, variants: oneOf(entry.variant) });
      break;
    case 'hook':
      addHook(tally, name, { total: 1, lastMs: timeMs, samples: [{ timeMs, payload: entry.payload }] });
      break;
    case 'event':
      keep(
        tally.events,
        { event: name, category: entry.category, timeMs, payload: entry.payload },
        MAX_EVENTS,
      );
      break;
    default:
      entry satisfies never;
  }
}

export function addFeature(tally: Tally, name: string, added: Readonly<FeatureTally>): void {
  const feature = within(tally.features, name, MAX_FEATURES, createFeature);
  addTotal(feature, added);
  for (const [variant, count] of added.variants) {
    const key = keyWithin(feature.variants, variant, MAX_VARIANTS);
    feature.variants.set(key, plus(feature.variants.get(key) ?? 0, count));
  }
}

export function addHook(tally: Tally, name: string, added: Readonly<HookTally>): void {
  const hook = within(tally.hooks, name, MAX_HOOKS, createHook);
  addTotal(hook, added);
  for (const sample of added.samples) keep(hook.samples, sample, MAX_SAMPLES);
}

/** The last ones, oldest first. Of one moment in the order in which they were added. */
export function latest<Kept extends Sample>(kept: readonly Kept[], limit: number): readonly Kept[] {
  return kept.toSorted((a, b) => a.timeMs - b.timeMs).slice(-limit);
}

/** Sorting at each one would take long. */
function keep<Kept extends Sample>(kept: Kept[], added: Kept, limit: number): void {
  kept.push(added);
  if (kept.length >= 3 * limit) kept.splice(0, kept.length, ...latest(kept, limit));
}

function addTotal(tallied: Tallied, added: Readonly<Tallied>): void {
  tallied.total = plus(tallied.total, added.total);
  tallied.lastMs = Math.max(tallied.lastMs, added.lastMs);
}

function within<Value>(values: Map<string, Value>, name: string, limit: number, create: () => Value): Value {
  const key = keyWithin(values, name, limit);
  const found = values.get(key) ?? create();
  values.set(key, found);
  return found;
}

/** Itself, unless it is one name too many. */
function keyWithin(values: ReadonlyMap<string, unknown>, name: string, limit: number): string {
  const named = values.has(OTHER) ? values.size - 1 : values.size;
  return values.has(name) || named < limit ? name : OTHER;
}

/** A file that was changed by hand may hold any number. */
const plus = (a: number, b: number): number => Math.min(a + b, Number.MAX_SAFE_INTEGER);

const createFeature = (): FeatureTally => ({
  total: 0,
  lastMs: Number.NEGATIVE_INFINITY,
  variants: new Map(),
});
const createHook = (): HookTally => ({ total: 0, lastMs: Number.NEGATIVE_INFINITY, samples: [] });
const oneOf = (variant: string | undefined): Map<string, number> =>
  new Map(variant === undefined ? [] : [[variant, 1]]);

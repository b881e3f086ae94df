import { toIso } from '../../internal/index.js';
import type { JsonObject } from '../../privacy/index.js';
import type { Usage } from './usage.js';

/** Counters as they are shown. Times are ISO 8601, UTC. */
export interface UsageJson {
  readonly features: Readonly<Record<string, FeatureJson>>;
  readonly hooks: Readonly<Record<string, HookJson>>;
  readonly events: readonly EventJson[];
}

export interface FeatureJson {
  readonly total: number;
  readonly last_ts: string;
  /** Absent when none was ever named. */
  readonly variants?: Readonly<Record<string, number>>;
}

export interface HookJson {
  readonly total: number;
  readonly last_ts: string;
  readonly samples: readonly { readonly ts: string; readonly payload: JsonObject }[];
}

export interface EventJson {
  readonly event: string;
  readonly category: string;
  readonly ts: string;
  readonly payload: JsonObject;
}

/** Any name is a plain member, `__proto__` too. */
export function toUsageJson({ features, hooks, events }: Usage): UsageJson {
  return {
    features: mapMembers(features, ({ total, lastMs, variants }) => ({
      total,
      last_ts: toIso(lastMs),
      ...(variants.size > 0 && { variants: Object.fromEntries(variants) }),
    })),
    hooks: mapMembers(hooks, ({ total, lastMs, samples }) => ({
      total,
      last_ts: toIso(lastMs),
      samples: samples.map(({ timeMs, payload }) => ({ ts: toIso(timeMs), payload })),
    })),
    events: events.map(({ event, category, timeMs, payload }) => ({
      event,
      category,
      ts: toIso(timeMs),
      payload,
    })),
  };
}

const mapMembers = <Value, Member>(
  values: ReadonlyMap<string, Value>,
  toMember: (value: Value) => Member,
): Readonly<Record<string, Member>> =>
  Object.fromEntries([...values].map(([name, value]) => [name, toMember(value)]));

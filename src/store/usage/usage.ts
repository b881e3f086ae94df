import type { JsonObject } from '../../privacy/index.js';
import { MAX_EVENTS, MAX_SAMPLES } from './limits.js';
import { latest, type Tally } from './tally.js';

/** What was counted. Times are milliseconds since 1970. */
export interface Usage {
  /** When something was first counted, since the data was last cleared. */
  readonly createdAtMs: number | undefined;
  /** By name; at most 500, with at most 50 variants each, and `other` for those beyond. */
  readonly features: ReadonlyMap<string, FeatureUsage>;
  /** By name; at most 200, and `other`. */
  readonly hooks: ReadonlyMap<string, HookUsage>;
  /** The last 200, oldest first. */
  readonly events: readonly UsageEvent[];
  /** Something that was kept could not be read: a file is damaged, and was or will be kept aside. */
  readonly isDamaged: boolean;
}

export interface FeatureUsage {
  readonly total: number;
  readonly lastMs: number;
  readonly variants: ReadonlyMap<string, number>;
}

export interface HookUsage {
  readonly total: number;
  readonly lastMs: number;
  /** The last five, oldest first. */
  readonly samples: readonly { readonly timeMs: number; readonly payload: JsonObject }[];
}

export interface UsageEvent {
  readonly event: string;
  readonly category: string;
  readonly timeMs: number;
  readonly payload: JsonObject;
}

/** @param isDamaged - see {@link Usage.isDamaged} */
export function toUsage({ createdAtMs, features, hooks, events }: Tally, isDamaged: boolean): Usage {
  return {
    createdAtMs,
    features: new Map(
      byName(features).map(([name, { total, lastMs, variants }]) => [
        name,
        { total, lastMs, variants: new Map(byName(variants)) },
      ]),
    ),
    hooks: new Map(
      byName(hooks).map(([name, { total, lastMs, samples }]) => [
        name,
        { total, lastMs, samples: latest(samples, MAX_SAMPLES) },
      ]),
    ),
    events: latest(events, MAX_EVENTS),
    isDamaged,
  };
}

const byName = <Value>(values: ReadonlyMap<string, Value>): readonly (readonly [string, Value])[] =>
  [...values].sort(([a], [b]) => (a < b ? -1 : 1));

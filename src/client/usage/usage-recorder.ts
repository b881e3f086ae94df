import {
  type CountDrop,
  type CounterName,
  type SanitizedEvent,
  type SanitizedProperties,
  toCounterName,
} from '../../privacy/index.js';
import type { UsageLog } from '../../store/index.js';

export interface UsageRecorderParts {
  readonly log: UsageLog;
  /** The names of the hooks that may be counted. */
  readonly hooks: ReadonlySet<CounterName>;
  /** Through the privacy door. */
  readonly toProperties: (payload: object) => SanitizedProperties;
  /** Record an event that nobody declared, as any other. @returns undefined, and counted, when it is not recorded */
  readonly recordUntyped: (name: string, payload: object) => SanitizedEvent | undefined;
  /** Record that a feature was used, as an event. */
  readonly recordFeatureUsed: (feature: CounterName, variant: CounterName | undefined) => void;
  readonly countDrop: CountDrop;
}

/** Counts what is used, for the user and on their machine: features, hooks, and the last events that scripts recorded. */
export interface UsageRecorder {
  feature(feature: string, variant: string | undefined): boolean;
  event(name: string, payload: object, category: string): boolean;
  hook(name: string, payload: object): boolean;
}

/** Each call says whether it was counted; what was not is counted as a loss. */
export function createUsageRecorder(parts: UsageRecorderParts): UsageRecorder {
  const { log, hooks, countDrop } = parts;
  const refuse = (reason: Parameters<CountDrop>[0]) => {
    countDrop(reason);
    return false;
  };

  return {
    feature(feature, variant) {
      const name = toCounterName(feature);
      const part = variant === undefined ? undefined : toCounterName(variant);
      if (name === undefined || (variant !== undefined && part === undefined))
        return refuse('event_name_invalid');
      if (!log.record({ kind: 'feature', name, variant: part })) return refuse('store_unusable');
      parts.recordFeatureUsed(name, part);
      return true;
    },

    event(name, payload, group) {
      const event = toCounterName(name);
      const category = toCounterName(group);
      if (event === undefined || category === undefined) return refuse('event_name_invalid');
      const recorded = parts.recordUntyped(event, payload);
      if (recorded === undefined) return false;
      const { properties } = recorded;
      return (
        log.record({ kind: 'event', name: event, category, payload: properties }) || refuse('store_unusable')
      );
    },

    hook(hook, payload) {
      const name = toCounterName(hook);
      if (name === undefined || !hooks.has(name)) return refuse('not_in_catalogue');
      return (
        log.record({ kind: 'hook', name, payload: parts.toProperties(payload) }) || refuse('store_unusable')
      );
    },
  };
}

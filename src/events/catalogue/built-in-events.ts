import { FeatureFlagCalled } from '../feature-flag-called.js';
import { ScoredSearchEvent, SEARCH, SearchEvent } from '../search-event.js';
import { SessionEvent } from '../session-event.js';

/** The events of Sotto's own that a program may send without declaring any class. */
export const BUILT_IN_EVENTS: readonly object[] = [
  SessionEvent,
  SearchEvent,
  ScoredSearchEvent,
  FeatureFlagCalled,
];

/** The classes a maker lists, with those whose instances Sotto makes in their name: a search with scores has its own. */
export function withVariants(classes: readonly object[]): readonly object[] {
  return classes.some((schema) => SEARCH in schema) ? [...classes, ScoredSearchEvent] : classes;
}

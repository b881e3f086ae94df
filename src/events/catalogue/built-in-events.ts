import { FeatureFlagCalled } from '../feature-flag-called.js';
import { InstallationComplete, InstallationStart, InstallationStep } from '../installation/index.js';
import { MetricReport, OperationLatency } from '../metrics/index.js';
import { ScoredSearchEvent, SEARCH, SearchEvent } from '../search-event.js';
import { SessionEvent } from '../session-event.js';
import {
  ApiRequest,
  CommandExecuted,
  CrashCaptured,
  ErrorOccurred,
  FeatureUsed,
  Operation,
  ServiceHealth,
} from '../standard/index.js';

/** The events of Sotto's own that a program may send without declaring any class. */
export const BUILT_IN_EVENTS: readonly object[] = [
  SessionEvent,
  SearchEvent,
  ScoredSearchEvent,
  FeatureFlagCalled,
  ErrorOccurred,
  FeatureUsed,
  CommandExecuted,
  ApiRequest,
  ServiceHealth,
  MetricReport,
  OperationLatency,
  Operation,
  CrashCaptured,
  InstallationStart,
  InstallationStep,
  InstallationComplete,
];

/** The classes a maker lists, with those whose instances Sotto makes in their name: a search with scores has its own. */
export function withVariants(classes: readonly object[]): readonly object[] {
  return classes.some((schema) => SEARCH in schema) ? [...classes, ScoredSearchEvent] : classes;
}

import type { SanitizedProperties } from './sanitized-event.js';

/** Properties of several sources as one frozen object; later ones win. */
export function mergeProperties(...parts: readonly SanitizedProperties[]): SanitizedProperties {
  return Object.freeze(Object.assign({}, ...parts)) as SanitizedProperties;
}

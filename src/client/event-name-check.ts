import { isDevelopment } from '../internal/index.js';
import { isLabelLike } from '../privacy/index.js';

/** A name that says less than it could. Told in development only; the event is recorded all the same. */
export interface EventNameWarning {
  readonly code: 'EVENT_NAME_UNCONVENTIONAL';
  /** The name. */
  readonly source: string;
  readonly rule: string;
}

export interface EventNameCheck {
  /** Look at the name of an event that no class declares. Does nothing outside of development. */
  look(name: string): void;
  /** One for each name, of the first hundred. */
  readonly warnings: readonly EventNameWarning[];
}

/** `namespace.category.action`, as in `acme.contacts.listed`. */
const CONVENTION = /^[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*){2}$/;
const MAX_WARNINGS = 100;

export function createEventNameCheck(): EventNameCheck {
  const warnings = new Map<string, EventNameWarning>();
  return {
    look(name) {
      if (!isDevelopment() || CONVENTION.test(name) || !isLabelLike(name)) return;
      if (warnings.size < MAX_WARNINGS && !warnings.has(name)) warnings.set(name, toWarning(name));
    },
    get warnings() {
      return [...warnings.values()];
    },
  };
}

const toWarning = (source: string): EventNameWarning => ({
  code: 'EVENT_NAME_UNCONVENTIONAL',
  source,
  rule: 'is best called namespace.category.action, in lower case, as in acme.contacts.listed',
});

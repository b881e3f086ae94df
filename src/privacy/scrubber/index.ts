export { createScrubber, type Scrubber, type ScrubberOptions } from './create-scrubber.js';
export { type Finding, type IdentifiableKind, PLACEHOLDERS } from './finding.js';
export type { RedactionRule } from './redaction-rule.js';
export { sanitizeEmail, sanitizePath, sanitizePhone } from './sanitize.js';
export {
  addedRuleCount,
  addRedactionRule,
  findIdentifiableInfo,
  isUnchangedByScrubber,
  redactAndCut,
  redactIdentifiableInfo,
  tryRedact,
} from './scrub.js';

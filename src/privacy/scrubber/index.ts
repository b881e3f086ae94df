export { type Finding, type IdentifiableKind, PLACEHOLDERS } from './finding.js';
export { findIdentifiableInfo, isUnchangedByScrubber, redactIdentifiableInfo } from './scrub.js';

import { findWith, isCleanUnder } from './engine.js';
import type { Finding } from './finding.js';
import { RULES } from './rules/index.js';
import { replaceFindings } from './spans.js';

/**
 * Find everything in a free text that could tell who or where somebody is, or open something of theirs.
 *
 * @returns sorted, disjoint findings, without the text they point at; empty if there are none
 * @remarks Pure, never throws, linear in the length of `text`. Left alone: names of people, postal addresses, loopback
 * addresses, digests and commit ids, system folders, what lies below `node_modules`, and references to a secret such
 * as `$HOME` or `${PASSWORD}`. UUIDs are found, since in telemetry they nearly always link something to somebody.
 */
export function findIdentifiableInfo(text: string): readonly Finding[] {
  return findWith(RULES, text);
}

/**
 * Replace everything `findIdentifiableInfo` finds by a placeholder that says what stood there, such as `<EMAIL>`.
 *
 * @returns `text` itself if there is nothing to replace
 * @remarks Idempotent: a redacted text comes back unchanged. Otherwise as `findIdentifiableInfo`.
 */
export function redactIdentifiableInfo(text: string): string {
  const findings = findIdentifiableInfo(text);
  return findings.length === 0 ? text : replaceFindings(text, findings);
}

/** Whether redaction would leave `text` as it is. The cheapest of the three questions. */
export function isUnchangedByScrubber(text: string): boolean {
  return isCleanUnder(RULES, text);
}

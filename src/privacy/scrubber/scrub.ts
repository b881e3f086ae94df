import { machineNames } from '../../internal/index.js';
import { createScrubber, type Scrubber } from './create-scrubber.js';
import type { Finding } from './finding.js';
import { compileRedactionRule, type RedactionRule } from './redaction-rule.js';

const added: RedactionRule[] = [];
let scrubber: Scrubber | undefined;

/** The scrubber of this process: with the names of the machine, and what makers have added. Made at the first text. */
function current(): Scrubber {
  scrubber ??= createScrubber({ names: machineNames(), rules: added });
  return scrubber;
}

/**
 * Have the scrubber take out more, in the whole process and for all that is recorded from now on. Nothing ever makes it
 * take out less, and a rule cannot be taken back.
 *
 * @throws {ConfigError} `OPTION_INVALID` when the pattern is no regular expression, matches the empty text or may take
 *   longer than linear time, or when the placeholder is not of the form `<TICKET>`
 */
export function addRedactionRule(rule: RedactionRule): void {
  compileRedactionRule(rule);
  added.push(rule);
  scrubber = undefined;
}

/** How many rules were added so far. What was remembered of texts under fewer rules no longer holds. */
export function addedRuleCount(): number {
  return added.length;
}

/**
 * Find everything in a free text that could tell who or where somebody is, or open something of theirs.
 *
 * @returns sorted, disjoint findings, without the text they point at; empty if there are none
 * @remarks Never throws, linear in the length of `text`. Found are documented shapes and the names of this machine's user,
 * host, home and working directory. Left alone: names of people, postal addresses, loopback addresses, digests and commit
 * ids, system folders, what lies below `node_modules` or the source folder of a project, and references to a secret such as
 * `$HOME` or `${PASSWORD}`. UUIDs are found, since in telemetry they nearly always link something to somebody.
 * A long text with more than a thousand findings and hardly anything between them is one finding, the whole of it.
 */
export function findIdentifiableInfo(text: string): readonly Finding[] {
  return current().find(text);
}

/**
 * Replace everything `findIdentifiableInfo` finds by a placeholder that says what stood there, such as `<EMAIL>`.
 *
 * @returns `text` itself if there is nothing to replace; `<SECRET>` if looking at it fails
 * @remarks Idempotent: a redacted text comes back unchanged. Otherwise as `findIdentifiableInfo`.
 */
export function redactIdentifiableInfo(text: string): string {
  return current().redact(text);
}

/** As `redactIdentifiableInfo`; undefined if looking at the text fails, for callers that count what they drop. */
export function tryRedact(text: string): string | undefined {
  return current().tryRedact(text);
}

/**
 * As `redactIdentifiableInfo`, and then cut to `maxCodePoints`: match first, cut after. Of a long text only the beginning is
 * read, so that ten megabytes cost no more than a few kilobytes, and a last word that might go on is left out.
 *
 * @returns a text that redaction leaves alone, without half a placeholder at its end; empty if looking at it fails
 */
export function redactAndCut(text: string, maxCodePoints: number): string {
  return current().redactAndCut(text, maxCodePoints);
}

/** Whether redaction would leave `text` as it is. The cheapest of these questions. */
export function isUnchangedByScrubber(text: string): boolean {
  return current().isUnchanged(text);
}

import type { MachineNames } from '../../internal/index.js';
import { cutRedacted } from './cut.js';
import { findWith, isCleanUnder, redactWith } from './engine.js';
import type { Finding } from './finding.js';
import { compileRedactionRule, type RedactionRule } from './redaction-rule.js';
import { RULES } from './rules/index.js';
import { machineRules } from './rules/machine.js';

/** A text of which nothing may be said. */
const WITHHELD = '<SECRET>';

/** What a scrubber knows besides the documented shapes. */
export interface ScrubberOptions {
  /** Names that go wherever they stand; none unless given. */
  readonly names?: MachineNames;
  /** Further rules, which come last: where findings overlap, a built-in rule names what they become. */
  readonly rules?: readonly RedactionRule[];
}

/** Finds and replaces what can identify somebody. None of it throws. */
export interface Scrubber {
  /** Sorted, disjoint findings; empty if there are none. The whole text when looking at it fails. */
  find(text: string): readonly Finding[];
  /** The text with its findings replaced; `text` itself if there are none; `<SECRET>` when looking at it fails. */
  redact(text: string): string;
  /** As `redact`; undefined when looking at the text fails, for callers that count their losses. */
  tryRedact(text: string): string | undefined;
  /** Whether `redact` would leave the text as it is. The cheapest of these questions. */
  isUnchanged(text: string): boolean;
  /** As `redact`, and then cut to a number of code points. Looks at no more of a long text than that takes. */
  redactAndCut(text: string, maxCodePoints: number): string;
}

/**
 * Pure: what a scrubber says depends on its options and the text alone.
 *
 * @throws {ConfigError} `OPTION_INVALID` for a rule that `addRedactionRule` would refuse
 */
export function createScrubber({ names, rules = [] }: ScrubberOptions = {}): Scrubber {
  const all = [...RULES, ...(names ? machineRules(names) : []), ...rules.map(compileRedactionRule)];
  const tryRedact = (text: string) => attempt(() => redactWith(all, text));
  return {
    find: (text) => attempt(() => findWith(all, text)) ?? [{ kind: 'secret', start: 0, end: text.length }],
    redact: (text) => tryRedact(text) ?? WITHHELD,
    tryRedact,
    isUnchanged: (text) => attempt(() => isCleanUnder(all, text)) ?? false,
    redactAndCut: (text, maxCodePoints) =>
      attempt(() => cutRedacted(text, maxCodePoints, (window) => findWith(all, window))) ?? '',
  };
}

/** An engine may run out of memory or stack over a text; the host must not hear of it. */
function attempt<Result>(look: () => Result): Result | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}

import type { IdentifiableKind } from './finding.js';

/** Report that `text.slice(start, end)` has to go; `kind` replaces the kind of the rule for this one finding. */
export type Claim = (start: number, end: number, kind?: IdentifiableKind) => void;

/**
 * One way of recognising something identifiable. Rules are pure, never throw, look at the whole text and run in
 * time linear in its length: repetitions are bounded or start at a boundary that cannot repeat within the match.
 * They may overlap each other; the engine joins what overlaps.
 */
export interface Rule {
  readonly name: string;
  readonly kind: IdentifiableKind;
  /** What its findings become, instead of the placeholder of their kind. */
  readonly placeholder?: string;
  /** `Trait` bits that a text must all have before the rule is run. */
  readonly needs: number;
  find(text: string, claim: Claim): void;
}

/** Says whether a match of a pattern is the real thing; the place is given for looking at what surrounds it. */
export type Accepts = (match: string, text: string, start: number) => boolean;

/** What a pattern rule is besides its pattern. */
export interface PatternRuleOptions extends Pick<Rule, 'name' | 'kind' | 'needs'> {
  /** A cheaper expression, that every text with a match matches too. Without the `g` flag. */
  readonly probe?: RegExp;
}

/**
 * A rule that claims each match of a pattern, or only the group named `secret` where the pattern has one.
 *
 * @param pattern - must carry the `g` flag, and `d` if it has a group named `secret`
 */
export function patternRule(
  { probe, ...rule }: PatternRuleOptions,
  pattern: RegExp,
  accepts: Accepts = () => true,
): Rule {
  return {
    ...rule,
    find(text, claim) {
      if (probe && !probe.test(text)) return;
      pattern.lastIndex = 0;
      for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
        const [start, end] = match.indices?.groups?.secret ?? [match.index, match.index + match[0].length];
        if (accepts(text.slice(start, end), text, start)) claim(start, end);
      }
    },
  };
}

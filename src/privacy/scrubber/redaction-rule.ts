import { ConfigError, typeName } from '../../internal/index.js';
import { whyNotLinear } from './linear-pattern.js';
import { forEachMatch } from './matching.js';
import type { Claim, Rule } from './rule.js';

/** A rule of the maker's own. */
export interface RedactionRule {
  /** For error messages. */
  readonly name: string;
  /**
   * What goes. Must take linear time: open repetitions (`+`, `*`) only at the end, no references back. Flags `i`, `m`, `s`
   * and `u` count; `g` and `y` do not matter.
   */
  readonly pattern: RegExp;
  /** What stands there instead: capitals, digits and `_` in angle brackets. @default `<REDACTED>` */
  readonly placeholder?: string;
}

const PLACEHOLDER = /<[A-Z][A-Z0-9_]{0,31}>/g;
const IS_PLACEHOLDER = /^<[A-Z][A-Z0-9_]{0,31}>$/;

/**
 * Check a maker's rule and make it one of the scrubber's.
 *
 * @throws {ConfigError} `OPTION_INVALID` when the pattern is none, matches the empty text, or may take longer than linear
 *   time, or when the placeholder is not of its form
 */
export function compileRedactionRule(rule: RedactionRule): Rule {
  const { name, pattern, placeholder } = rule;
  if (typeof name !== 'string' || name === '') throw invalid('a rule', `needs a name, not ${typeName(name)}`);
  if (!(pattern instanceof RegExp))
    throw invalid(name, `needs a regular expression as its pattern, not ${typeName(pattern)}`);
  if (placeholder !== undefined && !(typeof placeholder === 'string' && IS_PLACEHOLDER.test(placeholder))) {
    throw invalid(name, 'needs a placeholder of capitals, digits and _ in angle brackets, such as <TICKET>');
  }
  const problem = whyNotLinear(pattern.source);
  if (problem !== undefined)
    throw invalid(name, `has a pattern that ${problem}, so that it could take too long`);
  const expression = new RegExp(pattern.source, `g${pattern.flags.replace(/[^imsu]/g, '')}`);
  if (expression.test('')) throw invalid(name, 'has a pattern that matches the empty text');

  return {
    name,
    kind: 'custom',
    ...(placeholder === undefined ? undefined : { placeholder }),
    needs: 0,
    find(text, claim) {
      const gone = placeholdersIn(text);
      forEachMatch(expression, text, ({ 0: match, index }) => {
        claimOutside(gone, index, index + match.length, claim);
      });
    },
  };
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/** What a placeholder stands for is gone already, and a pattern may well match its letters. */
function placeholdersIn(text: string): readonly Span[] {
  const spans: Span[] = [];
  forEachMatch(PLACEHOLDER, text, ({ 0: placeholder, index }) => {
    spans.push({ start: index, end: index + placeholder.length });
  });
  return spans;
}

function claimOutside(gone: readonly Span[], from: number, to: number, claim: Claim): void {
  let start = from;
  for (const span of gone) {
    if (span.end <= start) continue;
    if (span.start >= to) break;
    if (span.start > start) claim(start, span.start);
    start = span.end;
  }
  if (start < to) claim(start, to);
}

function invalid(name: string, problem: string): ConfigError {
  return new ConfigError('OPTION_INVALID', `The redaction rule \`${name}\` ${problem}.`);
}

import { ConfigError, typeName } from '../../internal/index.js';
import { MAX_PATTERN_LENGTH, whyNotClosed } from './closed-pattern.js';
import type { Domain } from './domain.js';
import { exampleOfPattern } from './pattern-example.js';

export interface PatternDomain extends Domain<string> {
  readonly kind: 'pattern';
  readonly source: string;
}

/**
 * A string of a closed shape, such as a version: `pattern(/^\d{1,4}\.\d{1,4}$/)`.
 *
 * @throws {ConfigError} `PLAIN_UNBOUNDED` unless the expression is closed: anchored at both ends, without flags, every
 *   repetition bounded, no wildcard, negated class or backreference, no match longer than 32 characters, at most eight
 *   of them free letters, at most 10^18 different matches, and no way to make matching slow
 */
export function pattern(expression: RegExp): Domain<string> {
  const reason = whyUnusable(expression);
  if (reason) {
    throw new ConfigError(
      'PLAIN_UNBOUNDED',
      `The pattern of a plain field ${reason}, so it could carry free text or an identifier. Anchor it with ^ and $, bound ` +
        'every repetition and spell words out, or use @hash, @textCount or a list of labels.',
    );
  }
  const domain: PatternDomain = {
    kind: 'pattern',
    source: expression.source,
    description: `a string of the form ${expression.source}`,
    encode: (value) =>
      typeof value === 'string' && value.length <= MAX_PATTERN_LENGTH && expression.test(value)
        ? value
        : undefined,
    isWithin: (other) => other.kind === 'pattern' && (other as PatternDomain).source === expression.source,
    example: () => exampleOfPattern(expression.source),
  };
  return domain;
}

function whyUnusable(expression: unknown): string | undefined {
  if (!(expression instanceof RegExp)) return `is no regular expression but ${typeName(expression)}`;
  return expression.flags === '' ? whyNotClosed(expression.source) : 'has flags';
}

import { ConfigError, typeName } from '../../internal/index.js';
import { AnonymityConversion } from '../conversion.js';
import type { AggregateFunction } from '../conversions/aggregate.js';
import type { BoundedSchema, Domain } from '../domains/index.js';
import type { FieldDeclaration } from './declaration.js';
import {
  aggregate,
  boolean,
  type Countable,
  count,
  distribution,
  forbidden,
  hash,
  type Labels,
  type Numbers,
  plain,
  textCount,
} from './fields.js';
import type { AggregateOptions, FieldOptions, FieldRule, HashOptions, TextCountOptions } from './rule.js';

/** Options of the general form, by conversion. */
interface ConversionOptions {
  forbidden: Record<never, never>;
  boolean: FieldOptions;
  count: FieldOptions;
  text_count: TextCountOptions;
  hash: HashOptions;
  aggregate: AggregateOptions & { readonly function?: AggregateFunction };
  distribution: FieldOptions & { readonly labels: readonly string[] };
  plain: FieldOptions & { readonly schema: Domain | BoundedSchema };
}

interface ConversionInput {
  forbidden: unknown;
  boolean: unknown;
  count: Countable | undefined;
  text_count: string | undefined;
  hash: unknown;
  aggregate: Numbers | undefined;
  distribution: Labels | undefined;
  plain: unknown;
}

type NeedsOptions = 'distribution' | 'plain';

/**
 * The general form of the short decorators: `@anonymize(AnonymityConversion.HASH, { identity: 'repository' })`.
 *
 * @throws {ConfigError} as the short form of the conversion does
 */
export function anonymize<C extends AnonymityConversion>(
  conversion: C,
  ...[options]: C extends NeedsOptions ? [ConversionOptions[C]] : [ConversionOptions[C]?]
): FieldDeclaration<ConversionInput[C]> {
  return fromConversion(conversion, options ?? {}) as FieldDeclaration<ConversionInput[C]>;
}

/** A conversion and its options → the declaration. Options that a conversion needs and did not get are refused. */
export function fromConversion(
  conversion: AnonymityConversion,
  options: Partial<ConversionOptions[AnonymityConversion]> = {},
): { readonly rule: FieldRule } {
  switch (conversion) {
    case AnonymityConversion.FORBIDDEN:
      return forbidden();
    case AnonymityConversion.BOOLEAN:
      return boolean(options as ConversionOptions['boolean']);
    case AnonymityConversion.COUNT:
      return count(options as ConversionOptions['count']);
    case AnonymityConversion.TEXT_COUNT:
      return textCount(options as ConversionOptions['text_count']);
    case AnonymityConversion.HASH:
      return hash(options as ConversionOptions['hash']);
    case AnonymityConversion.AGGREGATE: {
      const { function: aggregateFunction, ...rest } = options as ConversionOptions['aggregate'];
      return aggregate(aggregateFunction, rest);
    }
    case AnonymityConversion.DISTRIBUTION: {
      const { labels, ...rest } = options as ConversionOptions['distribution'];
      return distribution(labels, rest);
    }
    case AnonymityConversion.PLAIN: {
      const { schema, ...rest } = options as ConversionOptions['plain'];
      return plain(schema, rest);
    }
    default:
      conversion satisfies never;
      throw new ConfigError(
        'OPTION_INVALID',
        `A conversion is one of AnonymityConversion; received ${typeName(conversion)}.`,
      );
  }
}

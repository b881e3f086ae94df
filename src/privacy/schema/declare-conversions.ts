import type { AnonymityConversion } from '../conversion.js';
import { forgetModel } from '../serialize/model.js';
import type { FieldDeclaration } from './declaration.js';
import { type EventOptions, nameEvent } from './event.js';
import { fromConversion } from './fields.js';
import { declareField, declareUnchecked, isFieldDeclaration, ownMetadataOf } from './metadata.js';
import type { FieldRule } from './rule.js';

/** A conversion with its defaults, or a declaration such as `distribution(LANGUAGES)`. */
export type ConversionDeclaration = AnonymityConversion | Pick<FieldDeclaration<never>, 'rule'>;

export interface DeclareConversionsOptions<Field extends string, Alias extends string> extends EventOptions {
  /** Name of the event, when objects of the class are captured by themselves. */
  readonly event?: string;
  /** Field → name of the property that leaves. A rule may be declared under either name. */
  readonly aliases?: { readonly [F in Field]?: Alias };
}

type FieldsOf<Instance> = Extract<keyof Instance, string>;

/**
 * Declare the rules of a class that cannot be decorated: generated code, another package's class, plain JavaScript.
 *
 * @param schema - the class; only its instances are affected
 * @param conversions - field (or alias) → conversion. Fields that are not named stay undeclared and never leave
 * @throws {ConfigError} as the decorators do
 * @remarks A name that the objects turn out not to have is reported at the first serialization.
 */
export function declareConversions<Instance extends object, const Alias extends string = never>(
  schema: abstract new (...args: never[]) => Instance,
  conversions: { readonly [Field in FieldsOf<Instance> | Alias]?: ConversionDeclaration },
  options: DeclareConversionsOptions<FieldsOf<Instance>, Alias> = {},
): void {
  const { event, aliases = {}, ...eventOptions } = options;
  const metadata = ownMetadataOf(schema);
  const aliasOf = aliases as Readonly<Record<string, string | undefined>>;
  const sources: string[] = [];
  for (const [name, conversion] of Object.entries<ConversionDeclaration | undefined>(conversions)) {
    if (conversion === undefined) continue;
    const source = Object.keys(aliasOf).find((field) => aliasOf[field] === name) ?? name;
    declareField(metadata, { source, rule: withName(toRule(conversion), aliasOf[source]) });
    sources.push(source);
  }
  declareUnchecked(metadata, sources);
  if (event !== undefined) nameEvent(metadata, event, eventOptions);
  forgetModel(schema);
}

function toRule(conversion: ConversionDeclaration): FieldRule {
  if (isFieldDeclaration(conversion)) return conversion.rule;
  return fromConversion(conversion as AnonymityConversion).rule;
}

const withName = (rule: FieldRule, as: string | undefined): FieldRule =>
  as === undefined ? rule : { ...rule, as };

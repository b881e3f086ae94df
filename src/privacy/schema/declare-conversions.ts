import { ConfigError, typeName } from '../../internal/index.js';
import type { AnonymityConversion } from '../conversion.js';
import { forgetModels, rememberClass } from '../serialize/model.js';
import { fromConversion } from './anonymize.js';
import { type FieldDeclaration, isFieldDeclaration } from './declaration.js';
import { declareField } from './declare.js';
import { type EventOptions, nameEvent } from './event.js';
import { rememberEventClass } from './event-classes.js';
import { addUnchecked, ownMetadataOf } from './metadata.js';
import type { FieldRule } from './rule.js';

/** A conversion with its defaults, or a declaration such as `distribution(LANGUAGES)`. */
export type ConversionDeclaration = AnonymityConversion | Pick<FieldDeclaration<never>, 'rule'>;

export interface DeclareConversionsOptions<Aliases> extends EventOptions {
  /** Name of the event, when objects of the class are captured by themselves. */
  readonly event?: string;
  /** Field → name of the property that leaves. A rule may be declared under either name. */
  readonly aliases?: Aliases;
}

type FieldsOf<Instance> = Extract<keyof Instance, string>;

/** Aliases of existing fields only. */
type AliasesOf<Instance, Aliases> = {
  readonly [Field in keyof Aliases]: Field extends FieldsOf<Instance> ? string : never;
};

/**
 * Declare the rules of a class that cannot be decorated: generated code, another package's class, plain JavaScript.
 *
 * @param schema - the class; only its instances are affected
 * @param conversions - field (or alias) → conversion. Fields that are not named stay undeclared and never leave
 * @throws {ConfigError} as the decorators do
 * @remarks A name that the objects turn out not to have is reported at the first serialization.
 */
export function declareConversions<
  Instance extends object,
  const Aliases extends AliasesOf<Instance, Aliases> = Record<never, never>,
>(
  schema: abstract new (...args: never[]) => Instance,
  conversions: {
    readonly [Name in FieldsOf<Instance> | NoInfer<Aliases[keyof Aliases]>]?: ConversionDeclaration;
  },
  options: DeclareConversionsOptions<Aliases> = {},
): void {
  if (typeof schema !== 'function') {
    throw new ConfigError(
      'OPTION_INVALID',
      `Conversions are declared for a class; received ${typeName(schema)}.`,
    );
  }
  const { event, aliases, ...eventOptions } = options;
  const metadata = ownMetadataOf(schema);
  const aliasOf = new Map(Object.entries<string | undefined>(aliases ?? {}));
  const sourceOf = new Map([...aliasOf].map(([source, alias]) => [alias, source]));
  const sources: string[] = [];
  for (const [name, conversion] of Object.entries<ConversionDeclaration | undefined>(conversions)) {
    if (conversion === undefined) continue;
    const source = sourceOf.get(name) ?? name;
    declareField(metadata, { source, rule: withName(toRule(conversion), aliasOf.get(source)) });
    sources.push(source);
  }
  addUnchecked(metadata, sources);
  if (event !== undefined) {
    nameEvent(metadata, event, eventOptions);
    rememberEventClass(schema);
  }
  rememberClass(schema);
  forgetModels();
}

function toRule(conversion: ConversionDeclaration): FieldRule {
  if (isFieldDeclaration(conversion)) return conversion.rule;
  return fromConversion(conversion as AnonymityConversion).rule;
}

const withName = (rule: FieldRule, as: string | undefined): FieldRule =>
  as === undefined ? rule : { ...rule, as };

import { ConfigError } from '../../internal/index.js';
import {
  declareField,
  modelOfSchema,
  oneOf,
  ownMetadataOf,
  plain,
  rememberEventClass,
} from '../../privacy/index.js';
import type { EventFields, TelemetryEvent } from '../telemetry-event.js';
import { OTHER } from '../vocabulary.js';

/** Field → the labels it may hold. Only fields that hold strings have any. */
type Vocabulary<Event> = {
  readonly [Field in keyof Event as Event[Field] extends string | undefined ? Field : never]?: readonly [
    string,
    ...string[],
  ];
};

type LabelOf<Labels> = Labels extends readonly (infer Label)[] ? Label : never;

/** An event with closed vocabularies: editors offer the labels, other strings are taken and leave as `other`. */
export type WithVocabulary<Event, Words> = Omit<Event, keyof Words> & {
  [Field in keyof Pick<Event, keyof Event & keyof Words>]:
    | LabelOf<Words[Field]>
    | (string & {})
    | Extract<Event[Field], undefined>;
};

/** An event class made by {@link withVocabulary}. */
export interface VocabularyClass<Event, Words> {
  new (): TelemetryEvent & WithVocabulary<Event, Words>;
  /** An event of this class. See {@link TelemetryEvent.create}. */
  create(fields: EventFields<WithVocabulary<Event, Words>>): TelemetryEvent & WithVocabulary<Event, Words>;
}

/**
 * A standard event with names of your own: `withVocabulary(FeatureUsed, { feature_name: ['search', 'export'] })`.
 *
 * @param vocabulary - field → labels. Any other string leaves as `other`
 * @returns a subclass that is sent under the same name
 * @throws {ConfigError} `FIELD_UNKNOWN` for a field that the class does not declare; `FIELD_WEAKENED` for a label that the
 *   class would not let pass, such as one with white space; `LABELS_INVALID` for a list that is empty or repeats a label
 */
export function withVocabulary<Event extends TelemetryEvent, const Words extends Vocabulary<Event>>(
  schema: new () => Event,
  vocabulary: Words,
): VocabularyClass<Event, Words> {
  class WithOwnWords extends (schema as new () => TelemetryEvent) {}
  Object.defineProperty(WithOwnWords, 'name', { value: schema.name });
  const declared = modelOfSchema(schema)?.sources;
  const metadata = ownMetadataOf(WithOwnWords);
  for (const [source, labels] of Object.entries<readonly string[] | undefined>(vocabulary)) {
    if (labels === undefined) continue;
    if (!declared?.has(source)) throw unknownField(schema, source);
    declareField(metadata, { source, rule: plain(oneOf(...labels).or(OTHER)).rule });
  }
  rememberEventClass(WithOwnWords);
  return WithOwnWords as unknown as VocabularyClass<Event, Words>;
}

function unknownField(schema: { readonly name: string }, field: string): ConfigError {
  return new ConfigError(
    'FIELD_UNKNOWN',
    `${schema.name} declares no field \`${field}\`, so it can have no vocabulary. Correct the name, or declare an event of your own.`,
  );
}

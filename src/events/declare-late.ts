import {
  type BuiltInEventOptions,
  declareField,
  type FieldRule,
  nameEvent,
  ownMetadataOf,
  type SchemaMetadata,
} from '../privacy/index.js';
import type { TelemetryEvent } from './telemetry-event.js';

/** A declaration that fits what the field holds, as a decorator would have to. */
interface DeclarationFor<Event, Value> {
  (target: unknown, context: ClassFieldDecoratorContext<Event, Value>): void;
  readonly rule: FieldRule;
}

type LateFields<Event> = { readonly [Field in keyof Event]?: DeclarationFor<Event, Event[Field]> };

type Schema<Instance> = abstract new () => Instance;

/**
 * Declare a built-in event at the first look at its rules, and not when the package is loaded: most programs never use
 * most of these events, and every program waits for its imports.
 *
 * @param name - as `@event` takes it
 * @param fields - field → decision; called once, or never
 * @remarks What it declares has to be right: a mistake shows at the first use only, so a test looks at each class.
 */
export function declareLate<Event extends TelemetryEvent>(
  schema: Schema<Event>,
  name: string,
  fields: () => LateFields<Event>,
  { separator, kind, ...options }: BuiltInEventOptions = {},
): void {
  atFirstLook(schema, (metadata) => {
    nameEvent(metadata, name, options, { separator, kind });
    declareFields(metadata, fields());
  });
}

/** The same for a schema class that is no event, such as one that stands inside another. */
export function declareFieldsLate<Instance extends object>(
  schema: Schema<Instance>,
  fields: () => LateFields<Instance>,
): void {
  atFirstLook(schema, (metadata) => declareFields(metadata, fields()));
}

function atFirstLook(schema: object, declare: (metadata: SchemaMetadata) => void): void {
  Object.defineProperty(schema, Symbol.metadata, {
    configurable: true,
    get: () => {
      Reflect.deleteProperty(schema, Symbol.metadata);
      const metadata = ownMetadataOf(schema);
      declare(metadata);
      return metadata;
    },
  });
}

function declareFields(metadata: SchemaMetadata, fields: object): void {
  for (const [source, declaration] of Object.entries<{ readonly rule: FieldRule } | undefined>({ ...fields }))
    if (declaration) declareField(metadata, { source, rule: declaration.rule });
}

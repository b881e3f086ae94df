import { ConfigError, typeName } from '../../internal/index.js';
import { declareEvent } from './declare.js';
import { metadataFrom } from './decorator-context.js';
import { rememberEventClass } from './event-classes.js';
import type { EventKind, PayloadHandler, SchemaMetadata } from './metadata.js';
import { assertEventName } from './names.js';
import { type StewardshipOptions, toStewardship } from './stewardship.js';

export interface EventOptions extends StewardshipOptions {
  /** `plain`: undeclared own properties pass through the rule for untyped payloads. `drop` unless given. */
  readonly undeclared?: 'drop' | 'plain';
  /** Send the event as `<app>_<name>`. False unless given. */
  readonly isPrefixed?: boolean;
  /** A last word on the payload, which can only narrow it. A parent class's handler runs first. */
  readonly handler?: PayloadHandler;
}

/**
 * Name an event class.
 *
 * @throws {ConfigError} `EVENT_NAME_INVALID`; `OPTION_INVALID` for an option of the wrong type; `FIELD_WEAKENED` when
 *   undeclared fields would pass that the parent class drops
 */
export function event(name: string, options: EventOptions = {}) {
  return <Class extends EventConstructor>(_target: Class, context: ClassDecoratorContext<Class>): void => {
    nameEvent(metadataFrom(context), name, options);
    // Not the target itself: another decorator may put a class in its place.
    context.addInitializer(function remember(this: Class) {
      rememberEventClass(this);
    });
  };
}

/** What the events of Sotto's own can say besides. `knownEventClasses()` leaves them out. */
export interface BuiltInEventOptions extends EventOptions {
  /** Between app and name; `_` unless given. */
  readonly separator?: '_' | '.';
  /** That of the parent class unless given, otherwise `usage`. */
  readonly kind?: EventKind;
}

type BuiltInNaming = { [Option in 'separator' | 'kind']?: BuiltInEventOptions[Option] | undefined };

type EventConstructor = abstract new (...args: never[]) => object;

/** What {@link event} does, on a metadata object. */
export function nameEvent(
  metadata: SchemaMetadata,
  name: string,
  options: EventOptions,
  { separator = '_', kind }: BuiltInNaming = {},
): void {
  assertEventName(name);
  const { undeclared = 'drop', isPrefixed = false, handler } = options;
  if (undeclared !== 'drop' && undeclared !== 'plain') {
    throw new ConfigError('OPTION_INVALID', "`undeclared` of an event is 'drop' or 'plain'.");
  }
  if (handler !== undefined && typeof handler !== 'function') {
    throw new ConfigError(
      'OPTION_INVALID',
      `\`handler\` of an event is a function; received ${typeName(handler)}.`,
    );
  }
  const handlers = handler ? [handler] : [];
  const stewardship = toStewardship(options);
  declareEvent(metadata, { name, isPrefixed, separator, kind, undeclared, handlers, stewardship });
}

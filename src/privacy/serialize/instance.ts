import type { MutableJsonObject } from '../json.js';
import type { SerializationContext } from './context.js';
import { narrowByHandlers } from './handler.js';
import { isExpired, type SchemaModel, writeFields } from './model.js';

/**
 * An instance of a schema class inside another value: by its own rules and handlers. What it does not declare is dropped
 * and counted, also where its class lets undeclared fields of whole events pass.
 *
 * @param only - when given, just the fields of these sources
 */
export function reduceInstance(
  model: SchemaModel,
  source: object,
  context: SerializationContext,
  only?: Pick<ReadonlySet<string>, 'has'>,
): MutableJsonObject | undefined {
  // It would travel under an event for which another consent was asked.
  if (model.event && model.event.kind !== 'usage') {
    context.countDrop('value_unsupported');
    return undefined;
  }
  if (isExpired(model, context.nowMs)) {
    context.countDrop('event_expired');
    return undefined;
  }
  const undeclared = undeclaredKeys(model, source).length;
  if (undeclared > 0) context.countDrop('field_undeclared', undeclared);
  return narrowByHandlers(writeFields(model, source, context, only), model, context);
}

/** The own enumerable properties of an object that no rule names. */
export function undeclaredKeys(model: SchemaModel, source: object): string[] {
  return Object.keys(source).filter((key) => !model.sources.has(key));
}

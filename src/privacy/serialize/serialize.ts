import { ConfigError, isDevelopment } from '../../internal/index.js';
import { UNDECLARED } from '../held-back.js';
import type { MutableJsonObject } from '../json.js';
import { toAutomaticPayload, toAutomaticProperties } from './automatic.js';
import {
  createContext,
  DETACHED_SETTINGS,
  descend,
  type SerializationContext,
  type SerializationSettings,
} from './context.js';
import { narrowByHandlers } from './handler.js';
import { undeclaredKeys } from './instance.js';
import { modelOf, type SchemaModel, writeFields } from './model.js';
import { toNested } from './nested.js';

/** Says that something was cut to keep the event small. */
export const TRUNCATED = '$truncated';

/**
 * Reduce an object of a schema class to what its rules allow, as it would leave the machine, except that hashes are
 * marked placeholders: there is no secret outside a client. `client.preview()` shows the real ones.
 *
 * @param source - an instance of a class with field rules; never changed, never kept
 * @returns a new object of JSON values
 * @throws {ConfigError} `EVENT_UNDECLARED` when the object's class declares nothing; `FIELD_UNKNOWN` under
 *   `NODE_ENV=development|test` when a rule names a field that the object does not have; whatever a proxy's traps throw
 */
export function serializeForTelemetry(source: object): MutableJsonObject {
  const model = modelOf(source);
  if (!model) {
    throw new ConfigError(
      'EVENT_UNDECLARED',
      'This object belongs to no schema class, so nothing of it may leave. Declare its fields with decorators, defineEvent() or declareConversions().',
    );
  }
  const [missing] = missingFields(model, source);
  if (missing !== undefined && isDevelopment()) throw unknownField(missing);
  return serializeModel(model, source, DETACHED_SETTINGS);
}

/** Fields that rules name and the object does not have; only those that no compiler could check. */
export function missingFields(model: SchemaModel, source: object): readonly string[] {
  return model.unchecked.filter((field) => !(field in source));
}

function unknownField(field: string): ConfigError {
  return new ConfigError(
    'FIELD_UNKNOWN',
    `A rule names the field \`${field}\`, which the object does not have, so it protects nothing. Correct the name, or initialise the field (undefined will do) in the class.`,
  );
}

/** Reduce an object by a model: declared fields, then what the class's open mode lets pass, then the handler. */
export function serializeModel(
  model: SchemaModel,
  source: object,
  settings: SerializationSettings,
): MutableJsonObject {
  const context = createContext(settings, toNested);
  const payload = descend(context, source, () => writeFields(model, source, context)) ?? {};
  writeUndeclared(payload, model, source, context);
  return markIfTruncated(narrowByHandlers(payload, model, context), context);
}

/** Reduce a payload that nobody declared. */
export function serializeUntyped(payload: object, settings: SerializationSettings): MutableJsonObject {
  const context = createContext(settings, toNested);
  return markIfTruncated(toAutomaticPayload(payload, context), context);
}

function writeUndeclared(
  payload: MutableJsonObject,
  model: SchemaModel,
  source: object,
  context: SerializationContext,
): void {
  const undeclared = undeclaredKeys(model, source);
  if (undeclared.length === 0) return;
  if (model.event?.undeclared !== 'plain') {
    context.countDrop('field_undeclared', undeclared.length);
    return;
  }
  if (context.held?.has(UNDECLARED)) {
    context.countDrop('field_held_back', undeclared.length);
    return;
  }
  const automatic = toAutomaticProperties(source, undeclared, context);
  for (const [name, value] of Object.entries(automatic)) {
    // A name that a rule speaks of is that rule's alone, `forbidden` included.
    if (!model.rules.has(name) && !Object.hasOwn(payload, name)) payload[name] = value;
    else context.countDrop('field_undeclared');
  }
}

function markIfTruncated(payload: MutableJsonObject, context: SerializationContext): MutableJsonObject {
  if (context.isTruncated) payload[TRUNCATED] = true;
  return payload;
}

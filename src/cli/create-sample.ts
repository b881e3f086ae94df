import { UsageError } from './exit-status.js';

interface Creating {
  create(fields: object): object;
}

/**
 * An event made of typed fields.
 *
 * @throws {EventError} `EVENT_VALUE_INVALID` under `NODE_ENV=development|test`, as in the app
 */
export function createSample(schema: object, fields: object): object {
  if (canCreate(schema)) return schema.create(fields);
  // A class that rules were declared for from outside: nothing is known of its constructor.
  const { prototype } = schema as { prototype: object };
  return Object.assign(Object.create(prototype) as object, fields);
}

const canCreate = (schema: object): schema is Creating =>
  'create' in schema && typeof schema.create === 'function';

/** @throws {UsageError} for what is no JSON object */
export function parseFields(text: string): object {
  const fields = parseJson(text);
  if (typeof fields === 'object' && fields !== null && !Array.isArray(fields)) return fields;
  throw new UsageError(
    'The value of --data is no JSON object. Write the fields of the event between quotes: --data \'{"count": 3}\'.',
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

import { typeName } from '../../internal/index.js';
import { modelOf } from './model.js';

/** A plain field whose value lies outside its domain. Never the value itself. */
export interface InvalidField {
  readonly field: string;
  readonly expected: string;
  readonly receivedType: string;
}

/**
 * The plain fields of a schema instance that would be dropped for their value; reads only plain fields. One that cannot
 * be read is not among them.
 */
export function invalidFields(source: object): readonly InvalidField[] {
  const invalid: InvalidField[] = [];
  for (const [field, rule] of modelOf(source)?.sources ?? []) {
    if (rule.conversion !== 'plain') continue;
    try {
      const value: unknown = Reflect.get(source, field);
      if (value === undefined || value === null || rule.domain.encode(value) !== undefined) continue;
      invalid.push({ field, expected: rule.domain.description, receivedType: typeName(value) });
    } catch {
      // Left out and counted when the event is captured.
    }
  }
  return invalid;
}

import type { Catalogue, CatalogueField } from '../../../events/index.js';

/** A field with the way to it, such as `results.count`. */
export interface Located {
  readonly path: string;
  readonly field: CatalogueField;
}

/** The values of all events and sessions that are the maker's own. */
export function ownLeavesOf({ events, session }: Catalogue): Located[] {
  return [...events.flatMap(({ fields }) => leavesOf(fields)), ...leavesOf(session)];
}

/** The fields that are values themselves, at every depth, and groups of which nothing more can be said. */
export function leavesOf(fields: readonly CatalogueField[], prefix = ''): Located[] {
  return fields.flatMap((field) => {
    const path = prefix + field.name;
    return field.fields.length > 0 ? leavesOf(field.fields, `${path}.`) : [{ path, field }];
  });
}

import { groupBy, toCanonicalJson } from '../../internal/index.js';
import { earlierExpiry, lastExpiry } from './expiry.js';
import type { EventScope, FieldScope, FieldScopes } from './scope.js';

/** What classes of one name may say together. The same in whatever order. */
export function mergeEventScopes(events: readonly EventScope[]): EventScope {
  const expires = lastExpiry(events.map((event) => event.expires));
  const forbidden = forbiddenIn(events);
  return {
    undeclared: events.some(({ undeclared }) => undeclared),
    ...(expires === undefined ? {} : { expires }),
    ...(forbidden.length === 0 ? {} : { forbidden }),
    fields: mergeFieldScopes(events.map((event) => fieldsUntil(event, expires))),
  };
}

/** Every field of all; one that they describe differently is any of them. */
export function mergeFieldScopes(all: readonly FieldScopes[]): FieldScopes {
  const fields = groupBy(all.flatMap(Object.entries<FieldScope>), ([name]) => name);
  return Object.fromEntries([...fields].map(([name, same]) => [name, anyOf(same.map(([, scope]) => scope))]));
}

/** Of equal ones one, in one order. */
function anyOf(scopes: readonly FieldScope[]): FieldScope {
  const byText = new Map(scopes.map((scope) => [toCanonicalJson(scope), scope]));
  const alternatives = [...byText].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, scope]) => scope);
  const [only] = alternatives;
  return only && alternatives.length === 1 ? only : { conversion: 'any_of', alternatives };
}

/** The fields of a class that ends before the event does end with it. */
function fieldsUntil({ fields, expires }: EventScope, eventExpires: string | undefined): FieldScopes {
  if (expires === undefined || expires === eventExpires) return fields;
  return Object.fromEntries(
    Object.entries(fields).map(([name, scope]) => [
      name,
      { ...scope, expires: earlierExpiry(scope.expires, expires) ?? expires },
    ]),
  );
}

/** What one of them lets pass is not forbidden. */
function forbiddenIn(events: readonly EventScope[]): readonly string[] {
  const [first = [], ...others] = events.flatMap(({ undeclared, forbidden }) =>
    undeclared ? [forbidden ?? []] : [],
  );
  return first.filter((name) => others.every((names) => names.includes(name)));
}

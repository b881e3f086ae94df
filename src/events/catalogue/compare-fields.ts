import { isDeepStrictEqual } from 'node:util';
import type { ChangeKind, ScopeChange } from './compare-scopes.js';
import { describeFieldScope, describeNews } from './compare-words.js';
import { expiresLater } from './expiry.js';
import { isWithinField } from './is-within-field.js';
import type { FieldScope, FieldScopes } from './scope.js';

type Place = Pick<ScopeChange, 'part' | 'event' | 'keys'>;
type Nested = Extract<FieldScope, { conversion: 'nested' }>;

/** What became of each property, the ones that are there now first. Those of a nested class are compared one by one. */
export function compareFields(
  agreed: FieldScopes,
  current: FieldScopes,
  place: Place,
): readonly ScopeChange[] {
  const here = Object.entries(current).flatMap(([name, field]) => {
    const inside = { ...place, keys: [...place.keys, name] };
    const before = Object.hasOwn(agreed, name) ? agreed[name] : undefined;
    if (before === undefined) return [toChange(inside, 'widening', 'new_field', undefined, field)];
    return compareField(before, field, inside);
  });
  const gone = Object.entries(agreed).filter(([name]) => !Object.hasOwn(current, name));
  return [
    ...here,
    ...gone.map(([name, field]) =>
      toChange({ ...place, keys: [...place.keys, name] }, 'narrowing', 'removed', field, undefined),
    ),
  ];
}

function compareField(agreed: FieldScope, current: FieldScope, place: Place): readonly ScopeChange[] {
  if (isDeepStrictEqual(agreed, current)) return [];
  if (expiresLater(agreed.expires, current.expires))
    return [toChange(place, 'widening', 'longer_kept', agreed, current)];
  if (isOpened(agreed) && isOpened(current)) {
    const earlier = agreed.expires === current.expires ? [] : [narrowed(place, agreed, current)];
    return [...earlier, ...compareFields(agreed.fields, current.fields, place)];
  }
  if (isWithinField(current, agreed)) return [narrowed(place, agreed, current)];
  return [toChange(place, 'widening', kindOf(agreed, current), agreed, current)];
}

/** Is it a class whose properties are told? */
const isOpened = (field: FieldScope): field is Nested => field.conversion === 'nested' && !field.isRecursive;

function kindOf(agreed: FieldScope, current: FieldScope): ChangeKind {
  if (agreed.conversion !== current.conversion) return 'weaker_conversion';
  if (agreed.conversion === 'hash') return 'longer_linked';
  return agreed.conversion === 'aggregate' ? 'weaker_conversion' : 'wider_domain';
}

const narrowed = (place: Place, agreed: FieldScope, current: FieldScope) =>
  toChange(place, 'narrowing', 'narrower', agreed, current);

function toChange(
  { part, event, keys }: Place,
  effect: ScopeChange['effect'],
  kind: ChangeKind,
  agreed: FieldScope | undefined,
  current: FieldScope | undefined,
): ScopeChange {
  const path = [event ?? part, ...keys].join('.');
  const before = agreed && describeFieldScope(agreed);
  const after = current && describeFieldScope(current) + describeNews(agreed, current);
  return { path, part, event, keys, effect, kind, before, after };
}

/** Every property that is no group, with the names on the way to it. */
export function leavesOfScopes(
  fields: FieldScopes,
  outer: readonly string[] = [],
): readonly { readonly keys: readonly string[]; readonly field: FieldScope }[] {
  return Object.entries(fields).flatMap(([name, field]) => {
    const keys = [...outer, name];
    if (field.conversion === 'any_of')
      return field.alternatives.flatMap((alternative) => leavesOfScopes({ [name]: alternative }, outer));
    return field.conversion === 'nested' ? leavesOfScopes(field.fields, keys) : [{ keys, field }];
  });
}

import { EVERYTHING_HELD, type HeldBack, type HeldFields, NOTHING_HELD } from '../../privacy/index.js';
import { FLAG_CALLED } from '../feature-flag-called.js';
import { compareScopes, isWidening, type ScopeChange } from './compare-scopes.js';
import type { ConsentScope, FieldScope, FieldScopes } from './scope.js';

type Tree = Map<string, 'all' | Tree>;

/**
 * What may not leave under a yes to another scope: exactly what is widened, each property as a whole. A new recipient, and ids
 * that link for longer, hold everything. Pure.
 */
export function toHeldBack(agreed: ConsentScope, current: ConsentScope): HeldBack {
  const widening = compareScopes(agreed, current).filter(isWidening);
  if (widening.some(({ part }) => part === 'recipient' || part === 'distinct_id')) return EVERYTHING_HELD;
  if (widening.length === 0 && current.untyped === agreed.untyped && !current.untyped) return NOTHING_HELD;

  const inPart = (part: ScopeChange['part']) => widening.filter((change) => change.part === part);
  const events = new Map(
    Object.entries(current.events).map(([name, { fields }]) => {
      const held = inPart('event').filter(({ event }) => event === name);
      return [name, toHeldFields(held, fields)] as const;
    }),
  );
  const rest = agreed.untyped ? undefined : 'all';
  return {
    event: (name) => (events.has(name) ? events.get(name) : rest),
    untyped: inPart('untyped').length > 0,
    common: toFieldsOnly(toHeldFields(inPart('common'), current.common)),
    session: toFieldsOnly(toHeldFields(inPart('session'), current.session)),
    features: inPart('event').some(({ event }) => event === FLAG_CALLED),
  };
}

/** Changes of one place as a tree; `all` where the place itself is widened. */
function toHeldFields(changes: readonly ScopeChange[], fields: FieldScopes): 'all' | HeldFields | undefined {
  if (changes.length === 0) return undefined;
  if (changes.some(({ keys }) => keys.length === 0)) return 'all';
  const tree: Tree = new Map();
  for (const { keys } of changes) hold(tree, keys);
  for (const keys of recursiveIn(fields)) hold(tree, keys);
  return tree;
}

function hold(tree: Tree, [key, ...rest]: readonly string[]): void {
  if (key === undefined) return;
  const inside = tree.get(key);
  if (inside === 'all') return;
  if (rest.length === 0) {
    tree.set(key, 'all');
    return;
  }
  const branch: Tree = inside ?? new Map();
  tree.set(key, branch);
  hold(branch, rest);
}

/** What is inside itself may hold, deeper down, what is held back further up. */
function recursiveIn(fields: FieldScopes, outer: readonly string[] = []): readonly (readonly string[])[] {
  return Object.entries(fields).flatMap(([name, field]) => recursiveAt(field, [...outer, name]));
}

function recursiveAt(field: FieldScope, keys: readonly string[]): readonly (readonly string[])[] {
  if (field.conversion === 'any_of')
    return field.alternatives.flatMap((alternative) => recursiveAt(alternative, keys));
  if (field.conversion !== 'nested') return [];
  return field.isRecursive ? [keys] : recursiveIn(field.fields, keys);
}

const toFieldsOnly = (held: 'all' | HeldFields | undefined) => (held === 'all' ? undefined : held);

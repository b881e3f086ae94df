import { compareEvents } from './compare-events.js';
import { compareFields } from './compare-fields.js';
import { describeDistinctId } from './compare-words.js';
import type { ConsentScope } from './scope.js';

/** What became of one thing between two scopes. */
export interface ScopeChange {
  /** `recipient`, `distinct_id`, `untyped`, an event, or a property with the way to it: `code_search.results.kind`, `session.plan`. */
  readonly path: string;
  /** What it is about. */
  readonly part: 'recipient' | 'distinct_id' | 'untyped' | 'event' | 'common' | 'session';
  /** The event it is about, by its name on the wire; undefined for what is about every event. */
  readonly event: string | undefined;
  /** The names on the way to the property, the outermost first; empty for what is about no single property. */
  readonly keys: readonly string[];
  readonly effect: 'narrowing' | 'widening';
  readonly kind: ChangeKind;
  /** In words for a person: `was how many there are, is now its values`. */
  readonly before: string | undefined;
  readonly after: string | undefined;
}

export type ChangeKind =
  | 'new_recipient'
  | 'longer_linked'
  | 'new_event'
  | 'new_field'
  | 'wider_domain'
  | 'weaker_conversion'
  | 'longer_kept'
  | 'undeclared_allowed'
  | 'removed'
  | 'narrower';

/**
 * What a yes to one scope means for another: thing by thing, what may leave besides, and what may no longer. Pure.
 *
 * Each thing is widened or narrowed as a whole: of a list of labels with a new one it is the list that is widened. Where it
 * cannot be shown that no more leaves than before, it is widening. A purpose and an owner are in no scope: what they say
 * changes neither what leaves nor who receives it.
 *
 * @returns an empty list for equal scopes. Nothing of it is widening exactly when the yes covers everything of `current`
 */
export function compareScopes(agreed: ConsentScope, current: ConsentScope): readonly ScopeChange[] {
  return [
    ...compareRecipients(agreed, current),
    ...compareDistinctIds(agreed, current),
    ...compareUntyped(agreed, current),
    ...compareEvents(agreed, current),
    ...compareFields(agreed.common, current.common, { part: 'common', event: undefined, keys: [] }),
    ...compareFields(agreed.session, current.session, { part: 'session', event: undefined, keys: [] }),
  ];
}

export const isWidening = ({ effect }: ScopeChange): boolean => effect === 'widening';

type Compare = (agreed: ConsentScope, current: ConsentScope) => readonly ScopeChange[];

const compareRecipients: Compare = ({ recipient: before }, { recipient: after }) =>
  before === after ? [] : [aboutAll('recipient', 'new_recipient', before, after)];

const compareDistinctIds: Compare = ({ distinctId: before }, { distinctId: after }) => {
  if (before === after) return [];
  const kind = after === 'installation' ? 'longer_linked' : 'narrower';
  return [aboutAll('distinct_id', kind, describeDistinctId(before), describeDistinctId(after))];
};

const compareUntyped: Compare = ({ untyped: before }, { untyped: after }) => {
  if (before === after) return [];
  const kind = after ? 'undeclared_allowed' : 'narrower';
  return [aboutAll('untyped', kind, describeUntyped(before), describeUntyped(after))];
};

function aboutAll(
  part: 'recipient' | 'distinct_id' | 'untyped',
  kind: ChangeKind,
  before: string,
  after: string,
): ScopeChange {
  const effect = kind === 'narrower' ? 'narrowing' : 'widening';
  return { path: part, part, event: undefined, keys: [], effect, kind, before, after };
}

const describeUntyped = (isAllowed: boolean) =>
  isAllowed ? 'what no event declares too, reduced' : 'declared events only';

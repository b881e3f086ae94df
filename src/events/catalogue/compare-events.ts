import { UNDECLARED } from '../../privacy/index.js';
import { compareFields, leavesOfScopes } from './compare-fields.js';
import type { ScopeChange } from './compare-scopes.js';
import { describeEventScope, describeFieldScope } from './compare-words.js';
import { expiresLater } from './expiry.js';
import type { ConsentScope, EventScope } from './scope.js';

type Words = Partial<Pick<ScopeChange, 'before' | 'after'>>;

/** What became of each event, the ones that are there now first. */
export function compareEvents(agreed: ConsentScope, current: ConsentScope): readonly ScopeChange[] {
  const here = Object.entries(current.events).flatMap(([name, event]) =>
    Object.hasOwn(agreed.events, name)
      ? compareKnown(name, agreed.events[name] as EventScope, event)
      : compareNew(name, event, agreed.untyped),
  );
  const gone = Object.entries(agreed.events).filter(([name]) => !Object.hasOwn(current.events, name));
  return [
    ...here,
    ...gone.map(([name, event]) =>
      toChange(name, 'narrowing', 'removed', { before: describeEventScope(event) }),
    ),
  ];
}

/**
 * To whom it was said that the program may report what else it likes, reduced, an event that is declared now is no news; its
 * scrubbed texts are, for that rule lets no text leave.
 */
function compareNew(name: string, event: EventScope, isUntypedAgreed: boolean): readonly ScopeChange[] {
  const after = describeEventScope(event);
  if (!isUntypedAgreed) return [toChange(name, 'widening', 'new_event', { after })];
  const redacted = leavesOfScopes(event.fields).filter(({ field }) => field.conversion === 'redacted');
  return [
    toChange(name, 'narrowing', 'new_event', { after }),
    ...redacted.map(
      ({ keys, field }): ScopeChange => ({
        ...toChange(name, 'widening', 'new_field', { after: describeFieldScope(field) }),
        path: [name, ...keys].join('.'),
        keys,
      }),
    ),
  ];
}

function compareKnown(name: string, agreed: EventScope, current: EventScope): readonly ScopeChange[] {
  return [
    ...compareExpiry(name, agreed, current),
    ...compareOpenness(name, agreed, current),
    ...compareFields(agreed.fields, current.fields, { part: 'event', event: name, keys: [] }),
  ];
}

function compareExpiry(name: string, agreed: EventScope, current: EventScope): readonly ScopeChange[] {
  if (agreed.expires === current.expires) return [];
  const words = { before: untilWords(agreed.expires), after: untilWords(current.expires) };
  return expiresLater(agreed.expires, current.expires)
    ? [toChange(name, 'widening', 'longer_kept', words)]
    : [toChange(name, 'narrowing', 'narrower', words)];
}

const untilWords = (expires: string | undefined) =>
  expires === undefined ? 'without an end' : `until ${expires}`;

/** Undeclared properties pass in an open event, and so does what was declared or forbidden in it and is no longer. */
function compareOpenness(name: string, agreed: EventScope, current: EventScope): readonly ScopeChange[] {
  const words = { before: opennessWords(agreed), after: opennessWords(current) };
  if (!current.undeclared) return agreed.undeclared ? [toOpenness(name, 'narrowing', 'narrower', words)] : [];
  if (!agreed.undeclared) return [toOpenness(name, 'widening', 'undeclared_allowed', words)];
  const lost = [...Object.keys(agreed.fields), ...(agreed.forbidden ?? [])].filter(
    (field) => !Object.hasOwn(current.fields, field) && current.forbidden?.includes(field) !== true,
  );
  if (lost.length === 0) return [];
  const after = `${lost.join(', ')} too, reduced like what nobody declared`;
  return [toOpenness(name, 'widening', 'weaker_conversion', { before: words.before, after })];
}

const opennessWords = ({ undeclared }: EventScope) =>
  undeclared ? 'what nobody declared too, reduced' : 'declared properties only';

function toChange(
  event: string,
  effect: ScopeChange['effect'],
  kind: ScopeChange['kind'],
  { before, after }: Words,
): ScopeChange {
  return { path: event, part: 'event', event, keys: [], effect, kind, before, after };
}

/** About the undeclared properties of an event, which have one name together. */
function toOpenness(
  event: string,
  effect: ScopeChange['effect'],
  kind: ScopeChange['kind'],
  words: Words,
): ScopeChange {
  return { ...toChange(event, effect, kind, words), path: `${event}.${UNDECLARED}`, keys: [UNDECLARED] };
}

import type { Catalogue, CatalogueField, ScopeChange } from '../../../events/index.js';
import { type ConsentText, type ConsentTextInput, consentText, type TextSection } from './consent-text.js';

export interface ChangesTextInput extends ConsentTextInput {
  /** From what the person has agreed to, to what is collected. */
  readonly changes: readonly ScopeChange[];
  /** False where nobody can tell any more what they agreed to: then everything is told. */
  readonly isAgreedKnown: boolean;
}

/** What is said to a person who has agreed to an earlier version, and of this one only what is more. Pure. */
export function changesText(input: ChangesTextInput): ConsentText {
  const whole = consentText(input);
  const { changes, catalogue, isAgreedKnown, app } = input;
  const [stop = ''] = whole.sections.find(({ title }) => title === 'How to stop it')?.items ?? [];
  const widening = changes.filter(({ effect }) => effect === 'widening');
  const less = changes.filter(({ effect }) => effect === 'narrowing');
  const describe = (change: ScopeChange) => describeChange(change, catalogue);
  return {
    ...whole,
    intro: isAgreedKnown
      ? `This version of ${app} wants to collect more than you have agreed to. What you agreed to goes on as it is.`
      : `It is not known any more what you have agreed to of ${app}, so nothing of it leaves until you agree again.`,
    sections: isAgreedKnown ? section('What is more', widening.map(describe)) : whole.sections,
    details: [...section('What is less', less.map(describe)), ...whole.details],
    closing: whole.closing && `Not in this run, but from the next one on, unless you say no: ${stop}.`,
    question: 'Allow this too? [y/N/more info]: ',
    replies: {
      yes: `This is collected too from now on. To stop all of it: ${stop}.`,
      no: 'It stays as it was. You are not asked about this again.',
      unanswered: 'No answer: it stays as it was. Answer n to not be asked again.',
      invalid: whole.replies.invalid,
      notKept: 'Your answer could not be kept, so it stays as it was.',
    },
  };
}

const section = (title: string, items: readonly string[]): TextSection[] =>
  items.length === 0 ? [] : [{ title, items }];

/** One change in words: `search.hits: its values (was: how many there are), for: …`. Pure. */
export function describeChange(change: ScopeChange, catalogue: Catalogue): string {
  const { path, before, after } = change;
  const purpose = purposeOf(change, catalogue);
  const why = purpose === undefined ? '' : `; for: ${purpose}`;
  return `${NAMES[path] ?? path}: ${describeStep(before, after)}${why}`;
}

const NAMES: Readonly<Record<string, string>> = {
  recipient: 'who receives it',
  distinct_id: 'what can be linked',
  untyped: 'what may be reported',
};

function describeStep(before: string | undefined, after: string | undefined): string {
  if (after === undefined) return 'no longer collected';
  return before === undefined ? `new, ${after}` : `${after} (was: ${before})`;
}

/** Of the property, or of what it stands in. */
function purposeOf({ part, event, keys }: ScopeChange, catalogue: Catalogue): string | undefined {
  const known = catalogue.events.find(({ name }) => name === event);
  const fields = part === 'common' || part === 'session' ? catalogue[part] : known?.fields;
  return (fields && purposeIn(fields, keys)) ?? known?.purpose;
}

function purposeIn(fields: readonly CatalogueField[], [key, ...rest]: readonly string[]): string | undefined {
  const field = fields.find(({ name }) => name === key);
  return field && (purposeIn(field.fields, rest) ?? field.purpose);
}

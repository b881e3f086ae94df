import {
  ARTICLES,
  CONJUNCTIONS,
  GOES_WITH_NAME,
  INTRODUCES_NAME,
  INTRODUCES_TEXT,
  INTRODUCES_TEXT_WITH_FOR,
  PREDICATES,
  PREPOSITIONS,
} from './message-words.js';

/**
 * Whose words are next in a message. `program`: the program's. `before_name`: a name's, if it has one. `name`: a name is being
 * said, of which any word but a few may be a part. `before_text` and `text`: the same for what somebody wrote.
 */
export type Slot = 'program' | 'before_name' | 'name' | 'before_text' | 'text';

/** What a known word is in a slot, and what is next. */
export interface Read {
  readonly isOwn: boolean;
  readonly next: Slot;
}

/**
 * Read a word that the program could have said.
 *
 * @param word - in lower case, `can't` as `cant`
 * @param before - the word that came before it, in the same form
 */
export function readKnownWord(slot: Slot, word: string, before: string): Read {
  switch (slot) {
    case 'program':
      return { isOwn: true, next: introducedBy(word, before) };
    case 'before_name':
      if (ARTICLES.has(word) || GOES_WITH_NAME.has(word)) return { isOwn: true, next: slot };
      if (CONJUNCTIONS.has(word)) return { isOwn: true, next: 'program' };
      return readInName(word, before);
    case 'name':
      return CONJUNCTIONS.has(word) ? { isOwn: true, next: slot } : readInName(word, before);
    case 'before_text':
      return PREDICATES.has(word) ? { isOwn: true, next: 'program' } : { isOwn: false, next: 'text' };
    case 'text':
      return { isOwn: false, next: slot };
    default:
      return slot satisfies never;
  }
}

function readInName(word: string, before: string): Read {
  const isOwn = PREDICATES.has(word) || PREPOSITIONS.has(word) || word === 'for';
  return isOwn ? { isOwn, next: introducedBy(word, before) } : { isOwn, next: 'name' };
}

function introducedBy(word: string, before: string): Slot {
  if (INTRODUCES_TEXT.has(word) || (word === 'for' && INTRODUCES_TEXT_WITH_FOR.has(before)))
    return 'before_text';
  return INTRODUCES_NAME.has(word) ? 'before_name' : 'program';
}

/** What is next behind a word that nobody knows: it may be the first one of a name. */
export const afterUnknownWord = (slot: Slot): Slot => (isText(slot) ? 'text' : 'name');

/** What is next behind something in quotes, or else seen to be one whole. */
export const afterWhole = (slot: Slot): Slot => (isText(slot) ? 'text' : 'program');

/** What is next behind a comma: a list of names goes on, a word without a name had none. */
export const afterComma = (slot: Slot): Slot => (slot === 'before_name' ? 'program' : slot);

export const isText = (slot: Slot): boolean => slot === 'text' || slot === 'before_text';

/** What leaves of a property, in words for people: the same in the catalogue and in what changed of it. */
export const SIMPLE_WORDS = {
  boolean: 'whether there is something in it, yes or no',
  count: 'how many there are',
  text_count: 'its length in characters',
} as const;

/** Of a pattern: a regular expression tells most people nothing. */
export const FIXED_FORM = 'a short text of one fixed form';

/** Of a class that stands within itself. */
export const INSIDE_ITSELF = 'the same again, inside itself';

/** Shows a free text reduced to one of six words: the words of a query stay here, only its intent may travel. */
import { wordsOf } from './tokenize.js';

export const INTENTS = ['UNDERSTAND', 'IMPLEMENT', 'DEBUG', 'TEST', 'CONFIGURE', 'DOCUMENT'] as const;
export type Intent = (typeof INTENTS)[number];

const INTENT_OF_WORD: ReadonlyMap<string, Intent> = new Map([
  ...keywords('UNDERSTAND', 'explain understand what where who'),
  ...keywords('IMPLEMENT', 'add build create extend implement make refactor write'),
  ...keywords(
    'DEBUG',
    'broken bug bugs crash crashes debug error errors exception fail failing fails fix leak why',
  ),
  ...keywords('TEST', 'assert coverage fixture fixtures mock mocks spec specs test tests testing'),
  ...keywords(
    'CONFIGURE',
    'config configuration configure env environment install option options setting settings setup',
  ),
  ...keywords('DOCUMENT', 'changelog comment comments docs document documentation guide readme'),
]);

/** What the author of a query is after: the first telling word decides, `UNDERSTAND` if there is none. */
export function inferIntent(query: string): Intent {
  for (const word of wordsOf(query)) {
    const intent = INTENT_OF_WORD.get(word.toLowerCase());
    if (intent !== undefined) return intent;
  }
  return 'UNDERSTAND';
}

function keywords(intent: Intent, list: string): [word: string, intent: Intent][] {
  return list.split(' ').map((word) => [word, intent]);
}

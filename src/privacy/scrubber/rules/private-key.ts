import type { Rule } from '../rule.js';
import { Trait } from '../traits.js';

const BEGIN = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g;
const END = /-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g;

/** PEM and PGP private keys, header to footer. One without a footer was cut off: everything after the header goes. */
export const privateKey: Rule = {
  name: 'private-key',
  kind: 'key',
  needs: Trait.dash | Trait.letter,
  find(text, claim) {
    BEGIN.lastIndex = 0;
    for (let begin = BEGIN.exec(text); begin !== null; begin = BEGIN.exec(text)) {
      END.lastIndex = BEGIN.lastIndex;
      const end = END.test(text) ? END.lastIndex : text.length;
      claim(begin.index, end);
      BEGIN.lastIndex = end;
    }
  },
};

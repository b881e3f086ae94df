import type { Rule } from '../rule.js';
import { Trait } from '../traits.js';

const BEGIN = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g;
const END = /-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g;
/** The keys of PuTTY name their private part by the number of its lines. */
const PUTTY = /^Private-Lines: \d{1,4}$/gm;
const IS_GONE = /^\s*(?:<KEY>\s*)?$/;

/**
 * PEM and PGP private keys, from the header to the footer, both of which stay. One without a footer was cut off: all that
 * follows goes.
 */
export const privateKey: Rule = {
  name: 'private-key',
  kind: 'key',
  needs: Trait.dash | Trait.secretWord,
  find(text, claim) {
    BEGIN.lastIndex = 0;
    while (BEGIN.test(text)) {
      const start = BEGIN.lastIndex;
      END.lastIndex = start;
      const end = END.exec(text)?.index ?? text.length;
      if (!IS_GONE.test(text.slice(start, Math.min(end, start + 64)))) claim(start, end);
      BEGIN.lastIndex = end;
    }
  },
};

export const puttyKey: Rule = {
  name: 'private-key-putty',
  kind: 'key',
  needs: Trait.dash | Trait.secretWord | Trait.pairMark,
  find(text, claim) {
    PUTTY.lastIndex = 0;
    if (!PUTTY.test(text)) return;
    if (!IS_GONE.test(text.slice(PUTTY.lastIndex, PUTTY.lastIndex + 64))) claim(PUTTY.lastIndex, text.length);
  },
};

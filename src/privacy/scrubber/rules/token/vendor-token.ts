import { forEachMatch } from '../../matching.js';
import { patternRule, type Rule } from '../../rule.js';
import { Trait } from '../../traits.js';
import { developerFormats } from './developer-formats.js';
import type { TokenFormat } from './format.js';
import { jwtFormats } from './jwt-formats.js';
import { platformFormats } from './platform-formats.js';
import { indexByPrefix, type PrefixIndex } from './prefix-index.js';
import { serviceFormats } from './service-formats.js';
import { HOOK_ADDRESSES, INFIX_FORMATS, SHAPED_FORMATS } from './unprefixed-formats.js';

let formatsByPrefix: PrefixIndex | undefined;

/**
 * Tokens with a vendor's prefix. A text is read once: where a word begins, its first two characters name the few formats
 * that may begin there.
 */
export const prefixedToken: Rule = {
  name: 'vendor-token',
  kind: 'token',
  needs: Trait.longWord,
  find(text, claim) {
    // Made at the first text.
    formatsByPrefix ??= indexByPrefix(tokenFormats());
    const { groups, thirds, expressions } = formatsByPrefix;
    const kinds = BEGINS;
    const last = text.length - 2;
    let isInWord = false;
    for (let index = 0; index < last; index += 1) {
      const code = text.charCodeAt(index);
      const kind = code < 128 ? kinds[code]! : 0;
      const wasInWord = isInWord;
      isInWord = kind === IN_WORD;
      if (kind === 0 || wasInWord) continue;
      const group = groups[(code << 7) | (text.charCodeAt(index + 1) & 127)]!;
      if (group === 0 || thirds[(group << 7) | (text.charCodeAt(index + 2) & 127)] === 0) continue;
      const format = expressions[group]!;
      format.lastIndex = index;
      if (!format.test(text)) continue;
      claim(index, format.lastIndex, text.startsWith(JWT, index) ? 'jwt' : 'token');
      index = format.lastIndex - 1;
      isInWord = true;
    }
  },
};

/** Any of the literals, so that most texts are looked through once rather than once for each. */
const INFIX = new RegExp(INFIX_FORMATS.map(([literal]) => literal.replace(/[.+|]/g, '\\$&')).join('|'));

/** Formats with a literal inside. */
export const infixToken: Rule = {
  name: 'vendor-token-infix',
  kind: 'token',
  needs: Trait.veryLongWord,
  find(text, claim) {
    if (!INFIX.test(text)) return;
    for (let index = 0; index < INFIX_FORMATS.length; index += 1) {
      if (!text.includes(INFIX_FORMATS[index]![0])) continue;
      forEachMatch(infixPattern(index), text, ({ 0: token, index: start }) =>
        claim(start, start + token.length),
      );
    }
  },
};

export const shapedToken: Rule = patternRule(
  { name: 'vendor-token-shaped', kind: 'token', needs: Trait.veryLongWord | Trait.idDigits },
  new RegExp(`(?<![A-Za-z0-9])(?:${SHAPED_FORMATS.join('|')})`, 'g'),
);

/** Secrets of applications in Entra ID, the only ones that a tilde marks. */
export const entraSecret: Rule = patternRule(
  { name: 'vendor-token-entra', kind: 'token', needs: Trait.tilde, probe: /\dQ~/ },
  /[\w.~-]{3}(?<![\w.~-]{4})\dQ~[\w.~-]{31,34}/g,
);

/** The address of somebody's incoming hook. */
export const hookAddress: Rule = patternRule(
  {
    name: 'hook-address',
    kind: 'token',
    needs: Trait.slash,
    probe: /hook|hc-ping|ifttt|googleapis/,
  },
  new RegExp(
    `(?:https?://)?(?:[\\w-]{1,64}(?<![\\w-]{65})\\.)?(?:${HOOK_ADDRESSES.join('|')})[\\w@/+.-]{8,}`,
    'g',
  ),
);

/** Base64url of `{"`: with it begin JSON Web Tokens, and little else. */
const JWT = 'eyJ';

/** What a format may begin with; of letters and digits only the first of a word. */
const IN_WORD = 1;
const BEGINS = new Uint8Array(128);
BEGINS['$'.charCodeAt(0)] = 2;
BEGINS['{'.charCodeAt(0)] = 2;
for (const character of '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz') {
  BEGINS[character.charCodeAt(0)] = IN_WORD;
}

const tokenFormats = (): readonly TokenFormat[] => [
  ...jwtFormats(),
  ...developerFormats(),
  ...platformFormats(),
  ...serviceFormats(),
];

const infixPatterns: RegExp[] = [];

function infixPattern(index: number): RegExp {
  infixPatterns[index] ??= new RegExp(`(?<![A-Za-z0-9])${INFIX_FORMATS[index]![1]}`, 'g');
  return infixPatterns[index];
}

import { forEachMatch, isInAuthority, matchEnd } from '../matching.js';
import type { Claim, Rule } from '../rule.js';
import { Trait } from '../traits.js';

const MAX_LOCAL = 64;
const SIGN = /@|%40/gi;
const DOMAIN =
  /(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,62})\.){1,8}(?:\p{L}{2,24}|xn--[a-z0-9-]{2,59})(?![\p{L}\p{N}])/uy;
const DOMAIN_LITERAL = /\[[0-9A-Fa-f:.]{3,45}\]/y;
const LOCAL_CHARACTER = /[\p{L}\p{N}._%+'-]/u;
const VERSION = /^v?\d+\.\d+/;
/** A file rather than a domain: no top-level domain is spelled like this. */
const FILE_NAME = /\.(?:[cm]?jsx?|[cm]?tsx|json|html?|css|map|png|jpe?g|gif|svg|webp|bundle)$/i;
/** `name@file.bundle:12:5`, a frame in the stacks of Firefox, Safari and Hermes. */
const LINE_AND_COLUMN = /:\d+:\d+/y;

/** E-mail addresses, also with `%40` for the `@`, international domains and address literals. */
export const email: Rule = {
  name: 'email',
  kind: 'email',
  needs: Trait.letter,
  find(text, claim) {
    forEachMatch(SIGN, text, (sign) => claimAround(text, sign.index, sign.index + sign[0].length, claim));
  },
};

function claimAround(text: string, at: number, afterAt: number, claim: Claim): void {
  const start = localStart(text, at);
  if (start === at || isInAuthority(text, start)) return;

  const end = matchEnd(DOMAIN_LITERAL, text, afterAt) ?? matchEnd(DOMAIN, text, afterAt);
  if (end === undefined) return;
  const domain = text.slice(afterAt, end);
  if (VERSION.test(domain) || FILE_NAME.test(domain) || matchEnd(LINE_AND_COLUMN, text, end) !== undefined)
    return;
  claim(start, end);
}

function localStart(text: string, at: number): number {
  let start = at;
  while (start > 0 && at - start < MAX_LOCAL && LOCAL_CHARACTER.test(text[start - 1]!)) start -= 1;
  while (start < at && /['.%-]/.test(text[start]!)) start += 1;
  return start;
}

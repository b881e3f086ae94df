import { isInAuthority, matchEnd } from '../matching.js';
import type { Claim, Rule } from '../rule.js';
import { Trait } from '../traits.js';

const MAX_LOCAL = 64;
const ENCODED_SIGN = '%40';
const DOMAIN_LITERAL = /\[[0-9A-Fa-f:.]{3,45}\]/y;
const VERSION = /^v?\d+\.\d+/;
/** A file rather than a domain: no top-level domain is spelled like this. */
const FILE_NAME = /\.(?:[cm]?jsx?|[cm]?tsx|json|html?|css|map|png|jpe?g|gif|svg|webp|bundle)$/i;
/** `name@file.bundle:12:5`, a frame in the stacks of Firefox, Safari and Hermes. */
const LINE_AND_COLUMN = /:\d+:\d+/y;

/** E-mail addresses, also with `%40` for the `@`, international domains and address literals. */
export const email: Rule = {
  name: 'email',
  kind: 'email',
  needs: Trait.mailMark,
  find(text, claim) {
    for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1))
      claimAround(text, at, at + 1, claim);
    for (let at = text.indexOf(ENCODED_SIGN); at >= 0; at = text.indexOf(ENCODED_SIGN, at + 1))
      claimAround(text, at, at + ENCODED_SIGN.length, claim);
  },
};

function claimAround(text: string, at: number, afterAt: number, claim: Claim): void {
  if (afterAt === text.length || !mayBeginDomain(text.charCodeAt(afterAt))) return;
  const start = localStart(text, at);
  if (start === at) return;
  const end = matchEnd(domainPattern(), text, afterAt) ?? matchEnd(DOMAIN_LITERAL, text, afterAt);
  if (end === undefined || isInAuthority(text, start)) return;
  const domain = text.slice(afterAt, end);
  if (VERSION.test(domain) || FILE_NAME.test(domain) || matchEnd(LINE_AND_COLUMN, text, end) !== undefined)
    return;
  claim(start, end);
}

/** Letters, digits and `[`. */
function mayBeginDomain(code: number): boolean {
  return code > 127 || code === 91 || (OF_LOCAL_PART[code] === 1 && code > 47 && code !== 95);
}

function localStart(text: string, at: number): number {
  const first = Math.max(0, at - MAX_LOCAL);
  let start = at;
  while (start > first && isOfLocalPart(text, start - 1)) start -= 1;
  while (start < at && "'.%-".includes(text[start]!)) start += 1;
  return start;
}

let domainExpression: RegExp | undefined;
let localCharacter: RegExp | undefined;

/** Made when the first sign is seen: the classes of Unicode take longer to read than all other expressions together. */
function domainPattern(): RegExp {
  domainExpression ??=
    /(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,62})\.){1,8}(?:\p{L}{2,24}|xn--[a-z0-9-]{2,59})(?![\p{L}\p{N}])/uy;
  return domainExpression;
}

function isOfLocalPart(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  if (code < 128) return OF_LOCAL_PART[code] === 1;
  localCharacter ??= /[\p{L}\p{N}]/u;
  return localCharacter.test(text[index]!);
}

/** Of ASCII. */
const OF_LOCAL_PART = new Uint8Array(128);
for (const character of "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._%+'-") {
  OF_LOCAL_PART[character.charCodeAt(0)] = 1;
}

import { patternRule, type Rule } from '../rule.js';
import { Trait } from '../traits.js';
import { isNoSecret, looksRandom } from './value-judgement.js';

/** `Authorization: <scheme> <credentials>`, also from a dumped object or a form. The scheme stays. */
const authorization: Rule = patternRule(
  { name: 'authorization', kind: 'secret', needs: Trait.letter },
  /\bauthorization\\{0,3}["']?\s{0,4}[:=]\s{0,4}\\{0,3}["']?(?:bearer|basic|token|apikey|negotiate|ntlm)(?:\s|%20|\+){1,4}(?<secret>[^\s"'\\,;<][^\s"'\\,;]*)/dgi,
  (match) => !isNoSecret(match),
);

/** Schemes whose credentials are a list of parameters: everything to the end of the line goes. */
const authorizationParameters: Rule = patternRule(
  { name: 'authorization-parameters', kind: 'secret', needs: Trait.letter | Trait.equals },
  /\bauthorization\\{0,3}["']?\s{0,4}[:=]\s{0,4}\\{0,3}["']?(?:digest|aws4-hmac-sha256|hawk|oauth|signature|mac)\s(?<secret>[^\r\n<][^\r\n]*)/dgi,
);

/** `Bearer …` and `Basic …` on their own; the words alone, as in `Bearer token missing`, are left. */
const scheme: Rule = patternRule(
  { name: 'authorization-scheme', kind: 'secret', needs: Trait.letter },
  /\b(?:bearer|basic)(?:\s|%20){1,4}(?<secret>[\w.~+/-]{8,}={0,2})/dgi,
  (match) => looksRandom(match),
);

/** A cookie header: names tell the product, values the visitor, and both end with the line. */
const cookie: Rule = patternRule(
  { name: 'cookie', kind: 'secret', needs: Trait.letter | Trait.equals },
  /\b(?:set-)?cookie\\{0,3}["']?\s{0,4}[:=]\s{0,4}\\{0,3}["']?(?<secret>[\w.-]{1,64}=[^\s"'<][^\r\n"']*)/dgi,
);

export const headerRules: readonly Rule[] = [authorization, authorizationParameters, scheme, cookie];

import { forEachMatch } from '../matching.js';
import { patternRule, type Rule } from '../rule.js';
import { Trait } from '../traits.js';
import { isNoSecret, looksRandom } from './value-judgement.js';

/** `Authorization: <scheme> <credentials>`, also from a dumped object or a form. The scheme stays. */
const authorization: Rule = patternRule(
  { name: 'authorization', kind: 'secret', needs: Trait.headerWord | Trait.pairMark },
  /\bauthorization\\{0,3}["']?\s{0,4}[:=]\s{0,4}\\{0,3}["']?(?:bearer|basic|token|apikey|negotiate|ntlm)(?:\s|%20|\+){1,4}(?<secret>[^\s"'\\,;<][^\s"'\\,;]*)/dgi,
  (match) => !isNoSecret(match),
);

const PARAMETER_SCHEME =
  /\bauthorization\\{0,3}["']?\s{0,4}[:=]\s{0,4}\\{0,3}["']?(?:digest|aws4-[\w-]{4,32}|hawk|oauth|signature|mac|ntlm|vapid|sharedkey(?:lite)?)[ \t]+([^\r\n<][^\r\n]*)/gi;
const PARAMETER = /[\w-]{1,64}=(\\?"[^"\r\n]*"|\\?'[^'\r\n]*'|[^\s,"'<][^\s,"']*)/g;

/** Schemes whose credentials are a list of parameters: each value goes, or all that follows when it is no such list. */
const authorizationParameters: Rule = {
  name: 'authorization-parameters',
  kind: 'secret',
  needs: Trait.headerWord | Trait.pairMark,
  find(text, claim) {
    forEachMatch(PARAMETER_SCHEME, text, (match) => {
      const list = match[1]!;
      const start = match.index + match[0].length - list.length;
      if (!/^[\w-]{1,64}=/.test(list)) claim(start, start + list.length);
      else claimValues(PARAMETER, list, start, claim);
    });
  },
};

/** `Bearer …` and `Basic …` on their own; the words alone, as in `Bearer token missing`, are left. */
const scheme: Rule = patternRule(
  { name: 'authorization-scheme', kind: 'secret', needs: Trait.formWord },
  /\b(?:bearer|basic)(?:\s|%20){1,4}(?<secret>[\w.~+/-]{8,}={0,2})/dgi,
  (match) => looksRandom(match),
);

const COOKIE =
  /\b(?:set-)?cookie2?\\{0,3}["']?\s{0,4}[:=]\s{0,4}\\{0,3}["']?([\w.-]{1,64}=[^\s"'<][^\r\n"']*)/gi;
const COOKIE_PAIR = /([^\s=;,]{1,128})=([^\s;,<][^;\r\n]*)/g;
/** What says how long a cookie lives and where it goes, rather than whose it is. */
const ATTRIBUTE = /^(?:path|expires|max-age|samesite|priority|version)$/i;

/** A cookie header: names tell the product and stay, values tell the visitor. */
const cookie: Rule = {
  name: 'cookie',
  kind: 'secret',
  needs: Trait.headerWord | Trait.pairMark,
  find(text, claim) {
    forEachMatch(COOKIE, text, (match) => {
      const pairs = match[1]!;
      const start = match.index + match[0].length - pairs.length;
      forEachMatch(COOKIE_PAIR, pairs, ({ 0: pair, 1: name, 2: value, index }) => {
        if (ATTRIBUTE.test(name!)) return;
        const end = start + index + pair.length;
        claim(end - value!.length, end);
      });
    });
  },
};

/** Keys sent in a header of their own: `X-Vault-Token: …`, `PRIVATE-TOKEN: …`, `Ocp-Apim-Subscription-Key: …`. */
const keyHeader: Rule = patternRule(
  { name: 'header-key', kind: 'secret', needs: Trait.secretWord | Trait.pairMark },
  /\b(?:x-[\w-]{0,40}(?:token|key|secret|auth|signature|session|crumb)|private-token|job-token|deploy-token|ocp-apim-subscription-key|proxy-authorization|jenkins-crumb|apikey|api-token)["']?:\s{0,4}["']?(?<secret>[^\s"',;<]{6,})/dgi,
  (match) => !isNoSecret(match) && !/^(?:bearer|basic|digest)$/i.test(match),
);

export const headerRules: readonly Rule[] = [
  authorization,
  authorizationParameters,
  scheme,
  cookie,
  keyHeader,
];

function claimValues(
  pattern: RegExp,
  list: string,
  offset: number,
  claim: (start: number, end: number) => void,
): void {
  forEachMatch(pattern, list, ({ 0: whole, 1: value, index }) => {
    const bare = value!.replace(/^\\?["']|\\?["']$/g, '');
    if (bare === '' || bare.startsWith('<')) return;
    const start = index + whole.length - value!.length + value!.indexOf(bare);
    claim(offset + start, offset + start + bare.length);
  });
}

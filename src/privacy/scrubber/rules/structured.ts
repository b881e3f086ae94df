import { forEachMatch } from '../matching.js';
import type { Claim, Rule } from '../rule.js';
import { Trait } from '../traits.js';
import { meaningOfKey } from './key-name.js';
import { KIND_OF_VALUE } from './key-value.js';
import { isNoSecret, looksRandom } from './value-judgement.js';

/** `<password>…</password>`, with or without attributes. */
const ELEMENT = /<([\w:.-]{1,64})(?:\s[^<>]{0,256})?>([^<>\r\n]{1,1024})<\//g;
/** `<add key="…" value="…"/>`, `{ "name": "…", "value": "…" }`, and the same in YAML over two lines. */
const NAMED_VALUE =
  /\b(?:key|name)\\{0,3}["']?\s{0,4}[:=]\s{0,4}\\{0,3}["']?([\w.:-]{1,64})\\{0,3}["']?,?\s{1,64}\\{0,3}["']?value\\{0,3}["']?\s{0,4}[:=]\s{0,4}(?:\\{0,3}"([^"\\\r\n]{1,1024})|\\{0,3}'([^'\\\r\n]{1,1024})|([^\s"'<>,]{1,1024}))/gi;
/** `["password", "…"]`, `('DB_PASSWORD', '…')`: two texts and no more, the first of which is a name. */
const PAIR =
  /[[(]\s{0,16}["']([\w.-]{1,64})["']\s{0,4},\s{0,4}(?:"([^"\r\n]{1,1024})"|'([^'\r\n]{1,1024})')\s{0,16}[\])]/g;
/** .NET's ways of writing an account down: the last text of the call is the password. */
const CREDENTIAL_CALL =
  /\b(?:NetworkCredential|DirectoryEntry|PSCredential|UsernamePasswordCredentials?)\s{0,4}\(\s{0,64}(?:"[^"\r\n]{0,128}"\s{0,4},\s{0,64}){1,2}"([^"\r\n]{1,256})"/gi;

const CALLED = /Credential|DirectoryEntry/i;

const element: Rule = namedRule('element', Trait.closingTag, ELEMENT);
const namedValue: Rule = namedRule('named-value', Trait.formWord | Trait.pairMark, NAMED_VALUE);
const pair: Rule = namedRule(
  'pair',
  Trait.quote | Trait.secretWord,
  PAIR,
  (value) => !/^[a-z_ -]+$/i.test(value),
);

const credentialCall: Rule = {
  name: 'credential-call',
  kind: 'secret',
  needs: Trait.quote | Trait.personWord,
  find(text, claim) {
    if (!CALLED.test(text)) return;
    forEachMatch(CREDENTIAL_CALL, text, ({ 0: call, 1: password, index }) => {
      const end = index + call.length - 1;
      if (!isNoSecret(password!)) claim(end - password!.length, end);
    });
  },
};

export const structuredRules: readonly Rule[] = [element, namedValue, pair, credentialCall];

/** @param pattern - its first group is a name, and the first of the others that took part the value */
function namedRule(name: string, needs: number, pattern: RegExp, accepts = (_value: string) => true): Rule {
  return {
    name,
    kind: 'secret',
    needs,
    find(text, claim: Claim) {
      forEachMatch(pattern, text, ({ 0: match, 1: key, 2: quoted, 3: alsoQuoted, 4: bare, index }) => {
        const meaning = meaningOfKey(key!);
        const value = quoted ?? alsoQuoted ?? bare!;
        if (meaning === undefined || isNoSecret(value) || !accepts(value)) return;
        if (meaning === 'token' && !looksRandom(value)) return;
        const start = index + match.lastIndexOf(value);
        claim(start, start + value.length, KIND_OF_VALUE[meaning]);
      });
    },
  };
}

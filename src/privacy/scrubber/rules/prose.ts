import { patternRule, type Rule } from '../rule.js';
import { Trait } from '../traits.js';
import { isNoSecret, looksRandom } from './value-judgement.js';

const isSecret = (match: string): boolean => !isNoSecret(match);

/** `the password is "…"`, `password for user 'x' is '…'`, `password '…'`: quotes after a word for a secret. */
const quotedSecret: Rule = patternRule(
  { name: 'prose-secret', kind: 'secret', needs: Trait.secretWord | Trait.quote },
  /\b(?:password|passwd|passphrase|passcode|pwd|secret)(?: for (?:user )?["']?[\w.-]{1,64}["']?)?(?: is| was)? {1,16}(["'`])(?<secret>[^"'`\n]{1,256})\1/dgi,
  isSecret,
);

/** A line of a netrc file: `machine … login … password …`. */
const netrc: Rule = patternRule(
  { name: 'netrc', kind: 'secret', needs: Trait.passWord | Trait.personWord },
  /\blogin\s{1,8}(?!failed\b)\S{1,128}\s{1,8}password\s{1,8}(?<secret>[^\s<]{1,256})/dgi,
  isSecret,
);

/** `otp code 493817`, `verification code: 1234`. */
const oneTimeCode: Rule = patternRule(
  { name: 'one-time-code', kind: 'secret', needs: Trait.secretWord | Trait.nearDigits },
  /\b(?:otp|2fa|mfa|pin|one-time|verification|security)(?: (?:code|password|pin|token))?(?: is)?[ :=]{1,3}(?<secret>\d{4,8})(?![\w.-])/dgi,
);

/** `token - '…'`, `api key …`, `secret ----- …`: what looks random behind a word for it, without a sign between them. */
const namedSecret: Rule = patternRule(
  { name: 'prose-random', kind: 'secret', needs: Trait.secretWord | Trait.someDigits },
  /\b(?:token|secret|api[ _-]?key|apikey|access[ _-]?key|auth[ _-]?key|private[ _-]?key|license[ _-]?key|password|credentials?|pass(?:phrase|code))s?["']?(?: is| was| of|,)?(?:\s{1,24}-{0,24}>?\s{0,24}|-{1,3}>\s?)["'`]?(?<secret>[A-Za-z0-9][\w+/=.!~@#$%^&*-]{7,511})/dgi,
  (match) => !isNoSecret(match) && looksRandom(match) && isUnlikeName(match),
);

/** `the password is Tr0ub4dor&3`: unquoted, and told from words by what words do not have. */
const saidPassword: Rule = patternRule(
  { name: 'prose-password', kind: 'secret', needs: Trait.passWord },
  /\b(?:password|passwd|passphrase|passcode|pwd|pin)(?: (?:is|was|to|as)| set to|:| =)[ ]{1,4}(?<secret>[^\s"'`,;<>()]{4,128})/dgi,
  (match) =>
    !isNoSecret(match) && /\d|[!@#$%^&*]./.test(match) && !/^\d{1,3}$/.test(match) && looksTyped(match),
);

export const proseRules: readonly Rule[] = [quotedSecret, netrc, oneTimeCode, namedSecret, saidPassword];

/** Files, versions and identifiers look random to a quick eye: `auth-key.ts`, `v1.2.3`, `sha256`. */
function isUnlikeName(match: string): boolean {
  const digits = match.replace(/\D/g, '').length;
  return digits >= 2 && !/^[\w-]+\.[A-Za-z]{1,5}$|^[A-Za-z]+\d{1,4}$|^\d+[A-Za-z]{1,3}$/.test(match);
}

function looksTyped(match: string): boolean {
  return /[A-Za-z]/.test(match) ? /\d|[!@#$%^&*]/.test(match) : /^\d{4,}$/.test(match);
}

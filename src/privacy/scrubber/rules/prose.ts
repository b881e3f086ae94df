import { patternRule, type Rule } from '../rule.js';
import { Trait } from '../traits.js';
import { isNoSecret } from './value-judgement.js';

const isSecret = (match: string): boolean => !isNoSecret(match);

/** `the password is "…"`, `password for user 'x' is '…'`, `password '…'`: quotes after a word for a secret. */
const quotedSecret: Rule = patternRule(
  { name: 'prose-secret', kind: 'secret', needs: Trait.letter },
  /\b(?:password|passwd|passphrase|passcode|pwd|secret)(?: for (?:user )?["']?[\w.-]{1,64}["']?)?(?: is| was)? {1,16}(["'`])(?<secret>[^"'`\n]{1,256})\1/dgi,
  isSecret,
);

/** A line of a netrc file: `machine … login … password …`. */
const netrc: Rule = patternRule(
  { name: 'netrc', kind: 'secret', needs: Trait.letter },
  /\blogin\s{1,8}(?!failed\b)\S{1,128}\s{1,8}password\s{1,8}(?<secret>[^\s<]{1,256})/dgi,
  isSecret,
);

/** `otp code 493817`, `verification code: 1234`. */
const oneTimeCode: Rule = patternRule(
  { name: 'one-time-code', kind: 'secret', needs: Trait.someDigits | Trait.letter },
  /\b(?:otp|2fa|mfa|pin|one-time|verification|security)(?: (?:code|password|pin|token))?(?: is)?[ :=]{1,3}(?<secret>\d{4,8})(?![\w.-])/dgi,
);

/** `user 'x'`, `role "x"`, as databases write them. */
const quotedUser: Rule = patternRule(
  { name: 'prose-user', kind: 'user', needs: Trait.letter },
  /\b(?:user|username|role|owner|account) (["'])(?<secret>[^"'\n<]{1,64})\1/dgi,
  isSecret,
);

export const proseRules: readonly Rule[] = [quotedSecret, netrc, oneTimeCode, quotedUser];

import { patternRule, type Rule } from '../rule.js';
import { Trait } from '../traits.js';

/** United States social security numbers: 3-2-4 digits, none of the groups all zero, area not 666 or from 900. */
const socialSecurity: Rule = patternRule(
  { name: 'social-security', kind: 'national-id', needs: Trait.phoneDigits },
  /(?<![\w+]|\d[.-])(?!000|666|9\d\d)\d{3}([.-])(?!00)\d{2}\1(?!0000)\d{4}(?![\w-]|\.\d)/g,
);

/** The same digits with spaces or none, where the text names them. */
const labelledSocialSecurity: Rule = patternRule(
  { name: 'social-security-labelled', kind: 'national-id', needs: Trait.phoneDigits | Trait.letter },
  /\b(?:ssn|social security(?: number)?)(?: is)?["']?[\s:=]{1,4}["']?(?<secret>\d{3} ?\d{2} ?\d{4})(?!\d)/dgi,
);

export const nationalIdRules: readonly Rule[] = [socialSecurity, labelledSocialSecurity];

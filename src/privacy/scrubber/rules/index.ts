import type { Rule } from '../rule.js';
import { commandLineRules } from './command-line.js';
import { email } from './email.js';
import { headerRules } from './header.js';
import { keyValue } from './key-value.js';
import { moneyRules } from './money.js';
import { nationalIdRules } from './national-id.js';
import { networkRules } from './network.js';
import { pathRules } from './path.js';
import { phoneRules } from './phone.js';
import { privateKey } from './private-key.js';
import { proseRules } from './prose.js';
import { jwt, vendorToken } from './token.js';
import { url } from './url.js';

/** Every rule, the most telling kind first: where findings overlap, the earlier rule names what they become together. */
export const RULES: readonly Rule[] = [
  privateKey,
  jwt,
  vendorToken,
  ...headerRules,
  keyValue,
  ...commandLineRules,
  ...proseRules,
  url,
  ...pathRules,
  email,
  ...moneyRules,
  ...nationalIdRules,
  ...networkRules,
  ...phoneRules,
];

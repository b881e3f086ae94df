import type { Rule } from '../rule.js';
import { commandLineRules } from './command-line.js';
import { deviceRules } from './device.js';
import { email } from './email.js';
import { headerRules } from './header.js';
import { keyValue } from './key-value.js';
import { moneyRules } from './money.js';
import { nationalIdRules } from './national-id/index.js';
import { networkRules } from './network.js';
import { pathRules } from './path/path.js';
import { personRules } from './person.js';
import { phoneRules } from './phone.js';
import { privateKey, puttyKey } from './private-key.js';
import { proseRules } from './prose.js';
import { structuredRules } from './structured.js';
import { tokenRules } from './token/index.js';
import { url } from './url.js';

/** Every rule, the most telling kind first: where findings overlap, the earlier rule names what they become together. */
export const RULES: readonly Rule[] = [
  privateKey,
  puttyKey,
  ...tokenRules,
  ...headerRules,
  keyValue,
  ...structuredRules,
  ...commandLineRules,
  ...proseRules,
  ...personRules,
  url,
  ...pathRules,
  email,
  ...moneyRules,
  ...nationalIdRules,
  ...deviceRules,
  ...networkRules,
  ...phoneRules,
];

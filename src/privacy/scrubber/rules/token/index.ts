import type { Rule } from '../../rule.js';
import { randomToken } from './random-token.js';
import { entraSecret, hookAddress, infixToken, prefixedToken, shapedToken } from './vendor-token.js';

/** Secrets that their form gives away, the best documented first. */
export const tokenRules: readonly Rule[] = [
  prefixedToken,
  infixToken,
  shapedToken,
  entraSecret,
  hookAddress,
  randomToken,
];

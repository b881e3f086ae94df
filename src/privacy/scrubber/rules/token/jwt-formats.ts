import type { TokenFormat } from './format.js';

/**
 * JSON Web Tokens and encrypted ones, which begin with base64url of `{"` and have one to four further parts; and the same
 * encoded in base64 once more, as in a Kubernetes secret.
 */
export const jwtFormats = (): readonly TokenFormat[] => [
  ['eyJ', '[\\w-]{12,}={0,2}(?:\\.[\\w-]*={0,2}){1,4}'],
  ['ZXlK', '[A-Za-z0-9+/_-]{40,}={0,2}'],
];

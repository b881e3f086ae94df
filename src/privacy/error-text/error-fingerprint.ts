import type { Domain } from '../domains/index.js';

const FINGERPRINT = /^[0-9a-f]{16}$/;

/** Which bug an error is: a digest of what is recorded of it anyway, so it says nothing more. */
export const errorFingerprint: Domain<string> & { readonly text: 'error_fingerprint' } = {
  kind: 'any_of',
  text: 'error_fingerprint',
  description:
    'a short digest of type, code, message and stack as they are recorded, the same on every machine',
  encode: (value) => (typeof value === 'string' && FINGERPRINT.test(value) ? value : undefined),
  isWithin: (other) => other === errorFingerprint,
  example: () => '7d4b0f1c92ae3568',
};

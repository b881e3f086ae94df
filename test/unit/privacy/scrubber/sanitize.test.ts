import { describe, expect, it } from 'vitest';
import { sanitizeEmail, sanitizePath, sanitizePhone } from '../../../../src/privacy/scrubber/index.js';

const TEXT = 'jo@example.org or +49 30 901820, see /home/jo/acme/x.js:3:1 and 203.0.113.9';

describe('a sanitizer of one kind', () => {
  it.each([
    ['e-mail addresses', sanitizeEmail, TEXT.replace('jo@example.org', '<EMAIL>')],
    ['telephone numbers', sanitizePhone, TEXT.replace('+49 30 901820', '<PHONE>')],
    ['paths', sanitizePath, TEXT.replace('/home/jo/acme/', '/home/<PATH>/')],
  ])('replaces %s and nothing else', (_kind, sanitize, expected) => {
    expect(sanitize(TEXT)).toBe(expected);
    expect(sanitize(expected)).toBe(expected);
  });

  it.each([
    ['e-mail addresses', sanitizeEmail, '<EMAIL>'],
    ['telephone numbers', sanitizePhone, '<PHONE>'],
    ['paths', sanitizePath, '<PATH>'],
  ])('of %s withholds what it fails to look at', (_kind, sanitize, expected) => {
    expect(sanitize(undefined as never)).toBe(expected);
  });
});

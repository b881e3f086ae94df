import { describe, expect, it } from 'vitest';
import { isLabelLike, isSafeKey, toPayloadKey } from '../../../../src/privacy/serialize/safe-text.js';

describe('a label', () => {
  it.each([
    '',
    'python',
    'UNDERSTAND',
    'v1.4.0',
    'gpt-4o-mini',
    'a'.repeat(64),
    'en-US',
    'c++',
    'x86_64',
    '100%',
  ])('may be %j', (text) => {
    expect(isLabelLike(text)).toBe(true);
    expect(isLabelLike(text)).toBe(true);
  });

  it.each([
    ['white space', 'two words'],
    ['a line break', 'a\nb'],
    ['a no-break space', 'a\u00a0b'],
    ['a control character', 'a\u0000b'],
    ['more than 64 characters', 'a'.repeat(65)],
    ['ten megabytes', 'a'.repeat(1e7)],
    ['an e-mail address', 'alice@example.org'],
    ['a home directory', '/home/alice/project'],
    ['an access token', 'ghp_16C7e42F292c6912E7710c838347Ae178B4a'],
    ['a sentence in a script without spaces', '请帮我找到银行密码'],
    ['letters that look like others', 'аlice'],
    ['a relative path', 'src/secret/merger'],
    ['a path of Windows', 'secret\\merger'],
    ['a file name', 'merger-acme.ts'],
    ['a host name', 'ada-macbook.local'],
    ['an account at a host', 'ada@build-7'],
    ['a lone surrogate', '\ud800'],
  ])('has no %s', (_what, text) => {
    expect(isLabelLike(text)).toBe(false);
    expect(isLabelLike(text)).toBe(false);
  });
});

describe('a key of a payload', () => {
  it.each<[string, unknown, string | undefined]>([
    ['a name', 'executionTimeMs', 'executionTimeMs'],
    ['a number of a map', 7, '7'],
    ['an e-mail address, scrubbed', 'alice@example.org', '<EMAIL>'],
    ['a property of PostHog', '$ip', undefined],
    ['another property of PostHog', '$set', undefined],
    ['the prototype', '__proto__', undefined],
    ['the empty text', '', undefined],
    ['a relative path', 'src/secret/merger', undefined],
    ['a file name', 'merger-acme.ts', undefined],
    ['a host name', 'ada-macbook.local', undefined],
    ['a name with dots', 'log.level', 'log.level'],
    ['a sentence', 'what Alice said', undefined],
    ['a sentence without spaces', '爱丽丝的秘密', undefined],
    ['a text of 101 characters', 'x'.repeat(101), undefined],
    ['a control character', 'a\u0007', undefined],
    ['a symbol', Symbol('s'), undefined],
    ['an object', { toString: () => 'hunter2' }, undefined],
  ])('that is %s', (_what, key, expected) => {
    expect(toPayloadKey(key)).toBe(expected);
  });

  it('that is a path does not leave, not even scrubbed', () => {
    expect(toPayloadKey('/home/alice/hunter2')).toBeUndefined();
  });
});

describe('a key that may pass as it is', () => {
  it.each(['setting', 'log.level', 'a-b', '_private', 'A1'])('is %s', (key) => {
    expect(isSafeKey(key)).toBe(true);
  });

  it.each([
    '__proto__',
    '$ip',
    'two words',
    '1st',
    '/home/alice',
    'alice@example.org',
    '',
    'x'.repeat(65),
    7,
  ])('is not %s', (key) => {
    expect(isSafeKey(key)).toBe(false);
  });
});

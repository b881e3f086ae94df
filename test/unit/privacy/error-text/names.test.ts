import { describe, expect, it } from 'vitest';
import { errorCode, errorFingerprint, errorName } from '../../../../src/privacy/index.js';

/** Said in pieces, so that no scanner takes it for a live one. */
const KEY_ID = `AKIA${'IOSFODNN7'}EXAMPLE`;

describe('the name of an error', () => {
  it.each([
    ...['Error', 'TypeError', 'AggregateError', 'URIError', 'DOMException', 'AssertionError', 'AbortError'],
    ...['HTTPError', 'Utf8Error', 'NotFound', 'RequestTimeout', 'ZodError', 'PrismaClientKnownRequestError'],
    ...['YAMLParseError', 'ConfigError', 'string', 'undefined'],
  ])('may be %s', (name) => {
    expect(errorName.encode(name)).toBe(name);
  });

  it.each([
    ['AcmeParserError', 'ParserError'],
    ['AdaLovelaceNotFound', 'NotFound'],
    ['CustomerAcmeGmbhError', 'Error'],
    ['MarkRequestError', 'RequestError'],
  ])('is told from its first known word on: %s as %s', (name, told) => {
    expect(errorName.encode(name)).toBe(told);
    expect(errorName.encode(told)).toBe(told);
  });

  it.each([
    'two words',
    'adalovelace',
    'AdaLovelace',
    'AdaError',
    'LarryPage',
    'MarkShort',
    'WillPage',
    'ProjectNetwork',
    'SecretMergeProject',
    'Ada1Love2Error',
    'parserError',
    'DIARY',
    'ada@acme.example',
    'diary.txt',
    '/home/ada',
    KEY_ID,
    'Error20240131',
    'x'.repeat(51),
    'Na\u00efveError',
    '',
  ])('is Error in place of %j', (name) => {
    expect(errorName.encode(name)).toBe('Error');
  });

  it('is nothing for what is no string', () => {
    expect(errorName.encode(7)).toBeUndefined();
  });
});

describe('the code of an error', () => {
  it.each([
    'ENOENT',
    'ERR_MODULE_NOT_FOUND',
    'ERR_HTTP2_STREAM_ERROR',
    'OMNI-1001',
    'TS2305',
    'E1001',
    'P2002',
    '42P01',
    '23505',
    'E404',
    '0',
    '1',
    '404',
    '599',
    '32601',
    'ERR_FS_EISDIR',
    'MODULE_NOT_FOUND',
    'ABORT_ERR',
    'OPTION_UNKNOWN',
    'UND_ERR_CONNECT_TIMEOUT',
    'HPE_INVALID_CONSTANT',
    'SQLITE_CONSTRAINT_UNIQUE',
    'EAI_AGAIN',
    'DEPTH_ZERO_SELF_SIGNED_CERT',
  ])('may be %s', (code) => {
    expect(errorCode.encode(code)).toBe(code);
  });

  it.each([
    KEY_ID,
    'JBSWY3DPEHPK3PXP',
    'ABCDE-FGHIJ-KLMNO-PQRST',
    'SMITH-94107',
    '94107',
    '600',
    '01',
    '12345',
    'ADALOVELACE',
    'EADA',
    'ADA-LOVELACE',
    'MUELLER_GMBH',
    'NL02-ABNA-01234',
    'ABC-1234-5678',
    'B-AB1234',
    'L01X0',
    'ERR_ADA_LOVELACE',
    'ADA_NOT_FOUND',
    'MARK_NOT_FOUND',
    'DELETE_USER_ACCOUNT',
    'HELLO WORLD',
    'auth/user-not-found',
    'Ada',
    '4929123456781234',
    'A-4111-1111-1111-1111',
    '123-45-6789',
    '2024-01-31-12-30-59-000000',
    'diary.txt',
    `A${'_A'.repeat(30)}`,
    '',
    404,
  ])('may not be %j', (code) => {
    expect(errorCode.encode(code)).toBeUndefined();
  });
});

describe('the fingerprint of an error', () => {
  it.each([
    ['0123456789abcdef', true],
    ['0123456789ABCDEF', false],
    ['0123456789abcde', false],
    ['0123456789abcdef0', false],
  ])('has 16 hexadecimal digits: %s', (text, is) => {
    expect(errorFingerprint.encode(text) === text).toBe(is);
  });
});

it.each([errorName, errorCode, errorFingerprint])('an example leaves as it is: $description', (domain) => {
  expect(domain.encode(domain.example())).toBe(domain.example());
});

import fc from 'fast-check';

/** What rules anchor at, in whole and in halves, so that random sequences of it meet their edges. */
const FRAGMENTS = [
  'a',
  'B',
  '1',
  '90',
  ' ',
  '  ',
  '\n',
  '@',
  '.',
  '-',
  '_',
  ':',
  '/',
  '\\',
  '=',
  '"',
  "'",
  '`',
  '\\"',
  '&',
  '?',
  '#',
  '%40',
  '%20',
  '+',
  '(',
  ')',
  '<',
  '>',
  '[',
  ']',
  '{',
  '}',
  '$',
  '${',
  ';',
  ',',
  'é',
  '\u{1F600}',
  '\ud800',
  '\u0000',
  'key',
  'password',
  'token=',
  'secret: ',
  'user=',
  "user '",
  'Bearer ',
  'authorization: ',
  'cookie: ',
  'password is ',
  'login ',
  'http://',
  '://',
  'file:///',
  '/home/',
  '/Users/',
  '/srv/',
  '/node_modules/',
  'C:\\',
  '\\\\srv\\',
  '~bob/',
  'jo@example.org',
  '4111 1111 1111 1111',
  '555-',
  '(202) 555-0143',
  '+49 30 901820',
  '10.1.2.3',
  'fe80::1',
  'aa:bb:cc:dd:ee:ff',
  '550e8400-e29b-41d4-a716-446655440000',
  '078-05-1120',
  'DE89370400440532013000',
  'AKIA',
  'ghp_',
  'eyJ',
  'sk-',
  '-----BEGIN PRIVATE KEY-----',
  '-----END PRIVATE KEY-----',
  'curl -u ',
  '--password ',
  'mysql -p',
  '<EMAIL>',
  '<SECRET>',
  '<PATH>',
  '<IP>',
  'Zq8',
];

/** Texts made of fragments and noise. */
export const nasty: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(...FRAGMENTS) },
      fc.string({ maxLength: 4, unit: 'binary' }),
    ),
    {
      maxLength: 16,
    },
  )
  .map((parts) => parts.join(''));

const ALPHANUMERIC = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'];
const HEX = [...'0123456789abcdef'];

/** A random body of exactly `length` characters. */
export const body = (length: number, alphabet: readonly string[] = ALPHANUMERIC): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...alphabet), minLength: length, maxLength: length });

const WORD = fc.constantFrom('error', 'while', 'reading', 'at', 'step', 'of', 'build', 'failed');
const BEFORE = fc.constantFrom('', ' ', '"', "'", '(', '\n', '=', ': ', '<td>', '{"v":"', 'x=');
const AFTER = fc.constantFrom('', ' ', '"', "'", ')', '\n', ',', ';', '</td>', '"}', '.');

const SECRET = fc.oneof(
  body(36).map((tail) => `${'gh'}p_${tail}`),
  body(20).map((tail) => `${'gl'}pat-${tail}`),
  body(16, [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567']).map((tail) => `${'AK'}IA${tail}`),
  body(24).map((tail) => `${'sk'}_live_${tail}`),
  body(36).map((tail) => `${'np'}m_${tail}`),
  body(32, HEX).map((tail) => `${'S'}K${tail}`),
  body(12, HEX).map((name) => `u${name}@example.org`),
  body(30, HEX).map((tail) => `${'ey'}Jh${tail}.${'ey'}Jz${tail}.${tail}`),
);

/** A secret with a shape of its own, in surroundings of any kind. */
export const planted: fc.Arbitrary<{ text: string; secret: string }> = fc
  .record({ secret: SECRET, lead: WORD, before: BEFORE, after: AFTER, tail: WORD })
  .map(({ secret, lead, before, after, tail }) => ({
    secret,
    text: `${lead}${before === '' ? ' ' : before}${secret}${after} ${tail}`,
  }));

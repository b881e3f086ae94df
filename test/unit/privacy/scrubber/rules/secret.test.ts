import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redactIdentifiableInfo } from '../../../../../src/privacy/scrubber/index.js';
import { body } from '../support.js';

const LABELS = [
  'password',
  'passwd',
  'PASSWORD',
  'dbPassword',
  'DB_PASSWORD',
  'db.password',
  'pwd',
  'pass',
  'passphrase',
  'secret',
  'clientSecret',
  'CLIENT_SECRET',
  'api_key',
  'apiKey',
  'api-key',
  'X-Api-Key',
  'access_key',
  'private_key',
  'token',
  'access_token',
  'refreshToken',
  'auth_token',
  '_authToken',
  'session_id',
  'sid',
  'credentials',
  'encryption_key',
];
const STYLES: [string, (label: string, value: string) => string][] = [
  ['k=v', (k, v) => `${k}=${v}`],
  ['k = v', (k, v) => `${k} = ${v}`],
  ['k: v', (k, v) => `${k}: ${v}`],
  ['k: "v"', (k, v) => `${k}: "${v}"`],
  ["k='v'", (k, v) => `${k}='${v}'`],
  ['k := `v`', (k, v) => `${k} := \`${v}\``],
  ['k => "v"', (k, v) => `"${k}" => "${v}"`],
  ['k == "v"', (k, v) => `if (${k} == "${v}") {`],
  ['JSON', (k, v) => `{"${k}":"${v}","n":1}`],
  ['JSON in a string', (k, v) => `"{\\"${k}\\":\\"${v}\\"}"`],
  ['object', (k, v) => `{ '${k}': '${v}' }`],
  ['form', (k, v) => `a=1&${k}=${v}&b=2`],
  ['connection string', (k, v) => `Server=db;${k}=${v};Pooling=true`],
  ['route', (k, v) => `GET /x?${k}=${v}&b=2 410`],
  ['URL', (k, v) => `https://example.org/x?a=1&${k}=${v}`],
  ['header', (k, v) => `curl -H "${k}: ${v}" https://example.org`],
  ['tag', (k, v) => `<td>${k}=${v}</td>`],
];

describe('values of keys that speak of a secret', () => {
  it.each(STYLES)('are taken out in the style %s, for every label', (_style, format) => {
    fc.assert(
      fc.property(fc.constantFrom(...LABELS), body(16), (label, tail) => {
        const value = `q7${tail}`;
        expect(redactIdentifiableInfo(format(label, value))).not.toContain(value);
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ['password=hunter, user', 'password=<SECRET>, user'],
    ['password = "open sesame 42"', 'password = "<SECRET>"'],
    ['password="a\\"b"', 'password="<SECRET>"'],
    ["{ password: 'x1', apiKey: 'x2' }", "{ password: '<SECRET>', apiKey: '<SECRET>' }"],
    ['{password: hunter}', '{password: <SECRET>}'],
    ['PASSWORD=it, SECRET=me', 'PASSWORD=<SECRET>, SECRET=<SECRET>'],
    ['{"ini": "PASSWORD=hunter\\nX=true"}', '{"ini": "PASSWORD=<SECRET>\\nX=true"}'],
    ['password="cut off', 'password="<SECRET> off'],
    ['password="cut\nnext "line"', 'password="<SECRET>\nnext "line"'],
    ['user=jo', 'user=<USER>'],
    ['{"username":"jo"}', '{"username":"<USER>"}'],
    ["Access denied for user 'jo'@'db'", "Access denied for user '<USER>'@'db'"],
    ['role "jo" does not exist', 'role "<USER>" does not exist'],
    ['Driver=x;UID=sa;PWD=hunter;', 'Driver=x;UID=sa;PWD=<SECRET>;'],
  ])('go, and the rest of %j stays', (text, redacted) => {
    expect(redactIdentifiableInfo(text)).toBe(redacted);
  });

  it.each([
    'password=',
    "secret: ''",
    `password=\${DB_PASSWORD}`,
    'password: {{ password }}',
    'password=$DB_PASSWORD',
    'password=%DB_PASSWORD%',
    'password = process.env.DB_PASSWORD',
    'token = getToken()',
    'token: [REDACTED]',
    'authorization: <redacted>',
    'apiKey=***',
    'missing secret: STRIPE_KEY',
    'Password: must be at least 8 characters',
    'password is required',
    'wrong username or password',
    'The access token expired',
    "Unexpected token 'export'",
    'Unexpected token: }',
    'Bearer token missing',
    'Basic authentication is off',
    'Set-Cookie header missing',
    'auth: none',
    'hash: sha256',
    'password: required',
    'secret=undefined',
    'passwords failed, password: 12',
    `Authorization: Bearer \${TOKEN}`,
    'sessions: 42',
    'token_count=1200',
    'maxTokens: 4096',
    'passed: 12, failed: 0',
    'secretary: none',
    'author: nobody',
    'keyboard=qwerty1234567890',
    'publicKey=abc123def456ghi789',
    'tokenType: Bearer',
    'Invalid key: name',
    'std::secret::value',
    'foo::1',
    "Type '{ password: BinaryLike; privateKey: KeyObject }' is not assignable",
  ])('are told from talk about secrets in %j', (text) => {
    expect(redactIdentifiableInfo(text)).toBe(text);
  });
});

describe('headers', () => {
  it.each([
    ['Authorization: Bearer abc.def-123', 'Authorization: Bearer <SECRET>'],
    ['authorization: Basic am86cHc=', 'authorization: Basic <SECRET>'],
    ['authorization=Bearer%20abcdef123', 'authorization=Bearer%20<SECRET>'],
    ["{ authorization: 'Bearer abc123' }", "{ authorization: 'Bearer <SECRET>' }"],
    [
      'Authorization: Digest username="jo", response="0a1b"\nHost: x',
      'Authorization: Digest username="<SECRET>", response="<SECRET>"\nHost: x',
    ],
    ['bearer q7aB3dE6gH9 expired', 'bearer <SECRET> expired'],
    ['Cookie: sid=abc; theme=dark\nHost: x', 'Cookie: sid=<SECRET>; theme=<SECRET>\nHost: x'],
    ['Set-Cookie: sid=abc; Path=/', 'Set-Cookie: sid=<SECRET>; Path=/'],
    ['document.cookie = "sid=abc"', 'document.cookie = "sid=<SECRET>"'],
  ])('lose their credentials in %j', (text, redacted) => {
    expect(redactIdentifiableInfo(text)).toBe(redacted);
  });
});

describe('command lines', () => {
  it.each([
    ['curl -u jo:hunter https://x', 'curl -u <CREDENTIALS> https://x'],
    ["curl --user 'jo:hunter'", "curl --user '<CREDENTIALS>'"],
    ['x --password Summer24! --force', 'x --password <SECRET> --force'],
    ['x --password "two words" y', 'x --password "<SECRET>" y'],
    ['Connect -Password Summer24!', 'Connect -Password <SECRET>'],
    ['x --acme-api-key 0a1b2c', 'x --acme-api-key <SECRET>'],
    ['mysql -h db -u app -pSummer24 shop', 'mysql -h db -u app -p<SECRET> shop'],
    ['run -u jo -p hunter CMD', 'run -u jo -p <SECRET> CMD'],
    ['machine x login jo password hunter', 'machine x login jo password <SECRET>'],
    ['otp code 493817 sent', 'otp code <SECRET> sent'],
    ["the default password is 'hunter'", "the default password is '<SECRET>'"],
    ["password for user 'jo' is 'hunter'", "password for user '<USER>' is '<SECRET>'"],
  ])('lose their secrets in %j', (text, redacted) => {
    expect(redactIdentifiableInfo(text)).toBe(redacted);
  });

  it.each([
    `curl -u "\${USER}:\${PASSWORD}"`,
    'x --token --force',
    'option --password is required',
    'mkdir -p a/b',
  ])('are left alone in %j', (text) => {
    expect(redactIdentifiableInfo(text)).toBe(text);
  });
});

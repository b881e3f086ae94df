import { getSystemErrorMap } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isCodeWord, wordsOf } from '../../../../src/privacy/error-text/code-words.js';
import {
  CONJUNCTIONS,
  GOES_WITH_NAME,
  INTRODUCES_NAME,
  INTRODUCES_TEXT,
  PREDICATES,
  PREPOSITIONS,
} from '../../../../src/privacy/error-text/message-words.js';
import { isKnownWord } from '../../../../src/privacy/error-text/vocabulary.js';
import { messageTemplate, toMessageTemplate } from '../../../../src/privacy/index.js';

/** Said in pieces, so that no scanner takes it for a live one. */
const TOKEN = `ghp_${'a1B2c3D4'.repeat(5)}`;

describe('the template of a message', () => {
  it.each([
    [
      "Cannot read properties of undefined (reading 'diary')",
      'Cannot read properties of undefined (reading <PROPERTY>)',
    ],
    ["Cannot set properties of null (setting 'a b')", 'Cannot set properties of null (setting <PROPERTY>)'],
    [
      "ENOENT: no such file or directory, open '/home/ada/notes.txt'",
      'ENOENT: no such file or directory, open <PATH>',
    ],
    ["ENOENT: no such file or directory, open 'a b'", 'ENOENT: no such file or directory, open <PATH>'],
    [
      "EXDEV: cross-device link not permitted, rename 'one' -> 'two'",
      'EXDEV: cross-device link not permitted, rename <PATH> -> <PATH>',
    ],
    [
      String.raw`EACCES: permission denied, mkdir 'C:\Users\ada\My Files'`,
      'EACCES: permission denied, mkdir <PATH>',
    ],
    ['ENOSPC: no space left on device, write', 'ENOSPC: no space left on device, write'],
    ['connect ECONNREFUSED 127.0.0.1:5432', 'connect ECONNREFUSED <N>:<N>'],
    ['getaddrinfo ENOTFOUND db.acme.example', 'getaddrinfo ENOTFOUND <NAME>'],
    ['spawn ffmpeg ENOENT', 'spawn <NAME> ENOENT'],
    [
      `Unexpected token 's', "secret diary" is not valid JSON`,
      'Unexpected token <VALUE>, <VALUE> is not valid JSON',
    ],
    [
      `Unexpected token 's', ..."et diary"... is not valid JSON`,
      'Unexpected token <VALUE>, ...<VALUE>... is not valid JSON',
    ],
    [
      "Expected property name or '}' in JSON at position 1 (line 1 column 2)",
      'Expected property name or <VALUE> in JSON at position <N> (line <N> column <N>)',
    ],
    ['diary.entries is not iterable', '<NAME> is not iterable'],
    ['myDiary is not defined', '<NAME> is not defined'],
    ["Cannot find module 'left-pad'\nRequire stack:\n- /home/ada/x.js", 'Cannot find module <VALUE>'],
    [
      "Cannot find package 'left-pad' imported from /home/ada/x.js",
      'Cannot find package <VALUE> imported from <PATH>',
    ],
    ['Request failed with status code 404', 'Request failed with status code <N>'],
    ['fetch failed', 'fetch failed'],
    ['socket hang up', 'socket hang up'],
    ['read ECONNRESET', 'read ECONNRESET'],
    ['getaddrinfo EAI_AGAIN acme', 'getaddrinfo EAI_AGAIN <NAME>'],
    ['listen EACCES: permission denied 0.0.0.0:80', 'listen EACCES: permission denied <N>:<N>'],
    ['The operation was aborted due to timeout', 'The operation was aborted due to timeout'],
    ['self-signed certificate in certificate chain', 'self-signed certificate in certificate chain'],
    ['unable to get local issuer certificate', 'unable to get local issuer certificate'],
    ['Unexpected end of JSON input', 'Unexpected end of JSON input'],
    ['Unterminated string in JSON at position 3', 'Unterminated string in JSON at position <N>'],
    ['Converting circular structure to JSON\n    --> starting', 'Converting circular structure to JSON'],
    ['Assignment to constant variable.', 'Assignment to constant variable.'],
    ['Maximum call stack size exceeded', 'Maximum call stack size exceeded'],
    ['Invalid array length', 'Invalid array length'],
    ['Invalid URL', 'Invalid URL'],
    ['x.map is not a function', '<NAME> is not a function'],
    ['Reduce of empty array with no initial value', 'Reduce of empty array with no initial value'],
    [
      'Cannot mix BigInt and other types, use explicit conversions',
      'Cannot mix BigInt and other types, use explicit conversions',
    ],
    ['Cannot use import statement outside a module', 'Cannot use import statement outside a module'],
    [
      'Cannot set headers after they are sent to the client',
      'Cannot set headers after they are sent to the client',
    ],
    ['All promises were rejected', 'All promises were rejected'],
    ['Unknown file extension ".ts" for /p/x.ts', 'Unknown file extension <VALUE> for <PATH>'],
    [
      'The value of "x" is out of range. It must be >= 0 && <= 10. Received 12',
      'The value of <VALUE> is out of range. It must be >= <N> && <= <N>. Received <N>',
    ],
    [
      'The "path" argument must be of type string or an instance of Buffer or URL. Received an instance of Ada',
      'The <VALUE> argument must be of type string or an instance of Buffer or URL. Received an instance of <NAME>',
    ],
    [
      'The "path" argument must be of type string. Received undefined',
      'The <VALUE> argument must be of type string. Received undefined',
    ],
  ])('keeps what Node and V8 wrote, and not what was filled in: %s', (message, template) => {
    expect(toMessageTemplate(message)).toBe(template);
  });

  it.each([
    ['No such user: Ada Lovelace', 'No such user: <VALUE>'],
    ['dear diary, i kissed bob at 12:30', '<NAME>, <NAME> at <N>:<N>'],
    ['Command failed: make secret-sauce\nfatal: no', 'Command failed: <VALUE>'],
    ['unknown option --my-thing', 'unknown option --<NAME>'],
    ['name=Ada is not valid', 'name=<NAME> is not valid'],
    ['invalid value {"a": {"b": 1}} here', 'invalid value <VALUE> here'],
    ['cannot open `a "b" c` at once', 'cannot open <PATH> at once'],
    ['never closed "dear diary and so on', 'never closed <VALUE>'],
    ['[\n  {\n "message": "no"', '<VALUE>'],
    ["can't read the user's file, won't retry", "can't read the user's file, won't retry"],
    ["expected 'Ada's error' here", 'expected <VALUE> here'],
    ['https://acme.example/ada?x=1 is unavailable', '<URL> is unavailable'],
    ['cannot parse /home/ada/My Projects (2024)/x.json of 3', 'cannot parse <PATH> of <N>'],
    [String.raw`cannot parse C:\Program Files (x86)\acme\x.json`, 'cannot parse <PATH>'],
    ['copied <PATH> to <PATH>', 'copied <PATH> to <PATH>'],
    ['cannot read user/project/source at once', 'cannot read <PATH> at once'],
    ['rejected ada@acme.example', 'rejected <EMAIL>'],
    [`rejected ${TOKEN} again`, 'rejected <TOKEN> again'],
    ['\u540d\u524d is missing', '<NAME> is missing'],
    ['read/write and or 50/100', 'read/write and or <N>/<N>'],
    ['ERR_MODULE_NOT_FOUND and read-only', 'ERR_MODULE_NOT_FOUND and read-only'],
    ['  \n  boom  ', 'boom'],
    ['', ''],
  ])('is made of common words only: %j', (message, template) => {
    expect(toMessageTemplate(message)).toBe(template);
  });

  it.each([
    ['customer Mark Short not found', 'customer <NAME> not found'],
    ['customer mark short not found', 'customer <NAME> not found'],
    ['no such user: Will Page', 'no such user: <VALUE>'],
    ['Mark Short is not allowed', '<NAME> is not allowed'],
    ['Contact May Field could not be reached', '<NAME> could not be reached'],
    ['cannot open the page of Mark', 'cannot open the page of <NAME>'],
    ["can't open mark's page", "can't open <NAME>"],
    ['User Mark, role manager', 'User <NAME>, <NAME>'],
    ['tag secret and private already exists', 'tag <NAME> and <NAME> already exists'],
    ['project delete all accounts must be closed', 'project <NAME> must be closed'],
    ['a file called private account notes in use', 'a file called <NAME> in use'],
    ['no matches for delete all user accounts of client', 'no matches for <VALUE>'],
    ['No results for where does the user log in', 'No results for <VALUE>'],
    ['search delete user failed', 'search <VALUE>'],
    ['searched in the private account', 'searched <VALUE>'],
    ['query=delete user account', 'query=<VALUE>'],
    ['key=private account is not valid', 'key=<NAME> is not valid'],
    ['rejected: delete user, then account. Private?', 'rejected: <VALUE>'],
    ['could not check out branch fix-login-token-leak', 'could not check out branch <NAME>'],
    ['branch feature/delete-user-account not found', 'branch <PATH> not found'],
    ['rejected fix_login_token_leak', 'rejected <NAME>'],
    ['rejected DELETE_USER_ACCOUNT', 'rejected <NAME>'],
    ['rejected GET', 'rejected GET'],
    ['rejected SECRET ACCOUNT', 'rejected <NAME>'],
    ['command failed: git push origin fix/private-key', 'command failed: <VALUE>'],
    ['Command failed with ENOENT: git push origin', 'Command failed with ENOENT: <VALUE>'],
    ['cannot read file private-account-notes', 'cannot read file <NAME>'],
    ['note: Error of the client: private', 'note: <VALUE>'],
    ['failed: permission denied to the private client', 'failed: <VALUE>'],
    ['failed: permission denied, private client', 'failed: <VALUE>'],
    ['rejected by Private Client', 'rejected by <NAME>'],
    ['Diary delete account failed', '<NAME> failed'],
    ['<PATH> private client was not found', '<PATH> was not found'],
    ['AdaLovelaceError: failed', 'Error: failed'],
  ])('has no words of a name or a text, however common: %s', (message, template) => {
    expect(toMessageTemplate(message)).toBe(template);
  });

  it.each([
    'search failed',
    'query timed out',
    'the file could not be opened',
    'key must be a string',
    'no such host in config',
    'user is not a member',
    'The project must have a name. Create one',
    'could not parse config file',
    'invalid file descriptor',
    'read-only, non-empty and up-to-date',
    'failed: fetch failed',
    'cannot read config: ENOENT: no such file or directory, open <PATH>',
    'cannot write: TypeError: socket hang up',
    'ParserError: unexpected end of input',
    'ERR_MODULE_NOT_FOUND: cannot load module',
    'listen EADDRINUSE: address already in use :::<N>',
  ])('keeps what a program says about things without a name: %s', (message) => {
    expect(toMessageTemplate(message)).toBe(message);
  });

  it.each([...getSystemErrorMap().values()].map(([code, message]) => `${code}: ${message}`))(
    'keeps the messages of libuv: %s',
    (message) => {
      expect(toMessageTemplate(message)).toBe(message);
      expect(toMessageTemplate(`${message}, open '/home/ada/x'`)).toBe(`${message}, open <PATH>`);
    },
  );

  it('is the same whatever was filled in', () => {
    const of = (path: string, count: number) =>
      toMessageTemplate(`cannot read ${path}: ${count} bytes are missing`);
    expect(of('/home/ada/a.json', 7)).toBe(of(String.raw`C:\Users\bob\b.json`, 1_234));
  });

  it('has at most 500 characters, and ends with a whole part', () => {
    const template = toMessageTemplate(`${'"x" failed, '.repeat(200)}`);
    expect(template.length).toBeLessThanOrEqual(500);
    expect(template).toMatch(/(?:<VALUE>|failed|,)$/);
  });

  it('keeps no part of a word that was cut', () => {
    // The cut goes through `errorist`, behind `error`.
    const message = `${`"${'x'.repeat(90)}" `.repeat(21)}${'y'.repeat(1_987 - 21 * 93)} failed errorists`;
    expect(message.slice(0, 2_000)).toMatch(/ failed error$/);
    expect(toMessageTemplate(message)).toMatch(/ failed$/);
  });

  it('looks at a message of ten megabytes only where it begins', () => {
    expect(toMessageTemplate(`failed: ${'x'.repeat(10_000_000)}`)).toBe('failed:');
  });

  it('is made of known words, placeholders and punctuation, whatever comes in, and stays as it is then', () => {
    const part = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 20 }),
      fc.constantFrom(
        'failed',
        ' ',
        '"',
        "'",
        '`',
        '[',
        ']',
        '{',
        '<',
        '>',
        '<NAME>',
        '<N>',
        '<PATH>',
        '/',
        '\\',
      ),
      fc.constantFrom(
        'user ',
        'search ',
        'for ',
        'not ',
        'and ',
        'Mark ',
        'JSON ',
        'ENOENT: ',
        'TypeError: ',
        'AcmeError',
        'no such file or directory',
        '. ',
        ',',
        'fix-login',
        "user's ",
      ),
      fc.constantFrom(
        'password',
        '=',
        ': ',
        'user',
        '-',
        '--',
        '.',
        '@',
        'https://',
        '404',
        "can't",
        '/home/ada',
      ),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 30 }), (parts) => {
        const template = toMessageTemplate(parts.join(''));
        expect(toMessageTemplate(template)).toBe(template);
        expect(template.length).toBeLessThanOrEqual(500);
        const words = template.replace(/<[A-Z_]+>/g, ' ').match(/[^\s.,;:!?=()<>*#&%+|/_-]+/g) ?? [];
        expect(words.filter((word) => !isKnownWord(word) && !wordsOf(word).every(isCodeWord))).toEqual([]);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('the domain of message templates', () => {
  it('takes any string and reduces it, and nothing else', () => {
    expect(messageTemplate.encode('hello "Ada"')).toBe('<NAME> <VALUE>');
    expect([7, null, {}, ['failed']].map((value) => messageTemplate.encode(value))).toEqual(
      Array(4).fill(undefined),
    );
  });

  it('shows an example that leaves as it is', () => {
    expect(messageTemplate.encode(messageTemplate.example())).toBe(messageTemplate.example());
  });

  it('is within itself only', () => {
    expect(messageTemplate.isWithin(messageTemplate)).toBe(true);
    expect(messageTemplate.isWithin({ ...messageTemplate })).toBe(false);
  });
});

describe('a known word', () => {
  it.each([
    'fail',
    'Failed',
    'failing',
    'failures',
    'stopped',
    'closing',
    'dependencies',
    "can't",
    'UNEXPECTEDLY',
    'econnreset',
  ])('may have any form: %s', (word) => {
    expect(isKnownWord(word)).toBe(true);
  });

  it.each([
    'ada',
    'diary',
    'secretariat',
    'ned',
    'ing',
    '',
    'constructor_',
    '__proto__',
    'failfailfailfailfailfail',
  ])('is not %j', (word) => {
    expect(isKnownWord(word)).toBe(false);
  });

  it.each([
    ...[INTRODUCES_NAME, INTRODUCES_TEXT, GOES_WITH_NAME],
    ...[CONJUNCTIONS, PREDICATES, PREPOSITIONS],
  ])('is each by which a name is told: %#', (words) => {
    expect([...words].filter((word) => !isKnownWord(word))).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { redactIdentifiableInfo } from '../../../../../src/privacy/scrubber/index.js';

describe('paths', () => {
  it.each([
    ["open '/home/jo/x/y.json'", "open '<PATH>'"],
    ['at run (/Users/jo/app/a.js:10:5)', 'at run (<PATH>:10:5)'],
    ['HOME=/home/jo', 'HOME=<PATH>'],
    ['PWD=/Users/jo/a OLDPWD=/Users/jo', 'PWD=<PATH> OLDPWD=<PATH>'],
    ['PATH=/home/jo/bin:/usr/bin', 'PATH=<PATH>:/usr/bin'],
    ['-I/home/jo/include', '-I/home/jo/include'],
    ['cc -I/home/jo/include', 'cc -I<PATH>'],
    ['/mnt/c/Users/jo/a', '<PATH>'],
    ['/srv/customer/payroll/x.csv', '<PATH>'],
    ['/var/folders/zz/abc/T/x', '<PATH>'],
    ["'/Users/jo/Library/Application Support/app'", "'<PATH>'"],
    ["mkdir '/Users/Jo Doe'", "mkdir '<PATH>'"],
    ['/Users/Jo Doe/app/x.js not found', '<PATH> not found'],
    ['/home/%C5%82ukasz/a', '<PATH>'],
    ['/home/łukasz/a.', '<PATH>.'],
    ['git:/home/jo/a.git', 'git:<PATH>'],
    ['file:///home/jo/a.mjs:1:2', '<PATH>:1:2'],
    ['file:///C:/Users/jo/a', '<PATH>'],
    ['file://server/share/jo', '<PATH>'],
    ['vscode-remote://box/home/jo/a.ts', '<PATH>'],
    ['~jo/notes', '<PATH>'],
  ])('of people are taken out of %j', (text, redacted) => {
    expect(redactIdentifiableInfo(text)).toBe(redacted);
  });

  it.each([
    [String.raw`rename 'C:\Users\jo\a' -> 'C:\b\c'`, `rename '<PATH>' -> '<PATH>'`],
    [String.raw`"C:\\Users\\jo\\x.json"`, '"<PATH>"'],
    ['c:/Users/jo/a.ts:3:1', '<PATH>:3:1'],
    [String.raw`C:\Documents and Settings\jo\x`, '<PATH>'],
    [String.raw`C:\Windows\Profiles\jo\x`, '<PATH>'],
    [String.raw`'D:\Users\O'Brian\x'`, `'<PATH>'`],
    [String.raw`\\server\share\jo\x.txt`, '<PATH>'],
    [String.raw`\\?\C:\Users\jo\x`, '<PATH>'],
    [String.raw`'\\\\server\\share\\jo'`, `'<PATH>'`],
  ])('on Windows are taken out of %j', (text, redacted) => {
    expect(redactIdentifiableInfo(text)).toBe(redacted);
  });

  it.each([
    ['/home/jo/app/node_modules/x/lib/y.js:1:2', '<PATH>/node_modules/x/lib/y.js:1:2'],
    ['/srv/app/node_modules/a/node_modules/b/c.js', '<PATH>/node_modules/a/node_modules/b/c.js'],
    [String.raw`C:\Users\jo\node_modules\x\y.js`, String.raw`<PATH>\node_modules\x\y.js`],
    ['file:///home/jo/node_modules/x/y.mjs', '<PATH>/node_modules/x/y.mjs'],
  ])('keep what lies below node_modules, in %j', (text, redacted) => {
    expect(redactIdentifiableInfo(text)).toBe(redacted);
  });

  it.each([
    'and/or',
    '50/100',
    'text/plain; charset=utf-8',
    'application/vnd.api+json',
    'src/home/page.ts',
    './lib/index.js',
    '../../package.json',
    'node_modules/x/y.js',
    '@scope/name/sub',
    '/usr/bin/env node',
    '/etc/hosts',
    '/home',
    'GET /users/42',
    'POST /api/v1/session 401',
    '/path/to/file.js',
    'https://example.org/home/page',
    '~/.npmrc',
    '$HOME/.npmrc',
    '~1.2.3',
    '>=18 <21 || ^22.0.0',
    '%USERPROFILE%\\.npmrc',
    'C:\\Windows\\System32\\cmd.exe',
    'C:\\Program Files\\nodejs\\node.exe',
    '/opt/homebrew/bin/node',
    '/^\\d{4}-\\d{2}$/',
    "'=\\\\bclass\\\\b'",
    '/^\\s*at .*\\S:\\d+/m',
    'a path such as `C:/`',
    'node:internal/modules/cjs/loader:1210',
    'app:///main.js:1:2',
    '//////////',
  ])('are not seen in %j', (text) => {
    expect(redactIdentifiableInfo(text)).toBe(text);
  });
});

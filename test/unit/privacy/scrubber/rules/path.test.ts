import { describe, expect, it } from 'vitest';
import { redactIdentifiableInfo } from '../../../../../src/privacy/scrubber/index.js';

describe('paths', () => {
  it.each([
    ["open '/home/jo/x/y.json'", "open '/home/<PATH>/x/y.json'"],
    ['at run (/Users/jo/acme/a.js:10:5)', 'at run (/Users/<PATH>/a.js:10:5)'],
    ['HOME=/home/jo', 'HOME=/home/<PATH>'],
    ['PWD=/Users/jo/acme OLDPWD=/Users/jo', 'PWD=/Users/<PATH> OLDPWD=/Users/<PATH>'],
    ['PATH=/home/jo/bin:/usr/bin', 'PATH=/home/<PATH>/bin:/usr/bin'],
    ['-I/home/jo/include', '-I/home/jo/include'],
    ['cc -I/home/jo/include', 'cc -I/home/<PATH>/include'],
    ['/mnt/c/Users/jo/acme', '/mnt/c/Users/<PATH>'],
    ['/srv/acme/payroll/salaries.csv', '/srv/<PATH>'],
    ['/var/folders/zz/abc/T/x', '/var/folders/<PATH>/x'],
    ["'/Users/jo/Library/Application Support/acme'", "'/Users/<PATH>/Library/Application Support/<PATH>'"],
    ["mkdir '/Users/Jo Doe'", "mkdir '/Users/<PATH>'"],
    ['/Users/Jo Doe/acme/merger.js not found', '/Users/<PATH> not found'],
    ['/home/%C5%82ukasz/acme', '/home/<PATH>'],
    ['/home/łukasz/acme.', '/home/<PATH>.'],
    ['git:/home/jo/acme.git', 'git:/home/<PATH>'],
    ['file:///home/jo/acme.mjs:1:2', 'file:///home/<PATH>:1:2'],
    ['file:///C:/Users/jo/acme', 'file:///C:/Users/<PATH>'],
    ['file://nas/jo/acme', 'file://<PATH>'],
    ['vscode-remote://box/home/jo/acme.ts', 'vscode-remote://<PATH>/home/<PATH>'],
    ['~jo/notes', '<PATH>'],
    ['/home/corp/jo/acme', '/home/<PATH>'],
  ])('of people are taken out of %j', (text, redacted) => {
    expect(redactIdentifiableInfo(text)).toBe(redacted);
  });

  it.each([
    [
      String.raw`rename 'C:\Users\jo\a' -> 'C:\acme\c'`,
      String.raw`rename 'C:\Users\<PATH>\a' -> 'C:\<PATH>\c'`,
    ],
    [String.raw`"C:\\Users\\jo\\acme.json"`, String.raw`"C:\\Users\\<PATH>"`],
    ['c:/Users/jo/acme.ts:3:1', 'c:/Users/<PATH>:3:1'],
    [String.raw`C:\Documents and Settings\jo\acme`, String.raw`C:\Documents and Settings\<PATH>`],
    [String.raw`C:\Windows\Profiles\jo\x`, String.raw`C:\<PATH>\Profiles\<PATH>\x`],
    [String.raw`'D:\Users\O'Brian\x'`, String.raw`'D:\Users\<PATH>\x'`],
    [String.raw`\\fs01\staff\jo\acme.txt`, String.raw`\\<PATH>`],
    [String.raw`\\?\C:\Users\jo\x`, String.raw`\\?\C:\Users\<PATH>\x`],
    [String.raw`'\\\\fs01\\staff\\jo'`, String.raw`'\\\\<PATH>'`],
  ])('on Windows are taken out of %j', (text, redacted) => {
    expect(redactIdentifiableInfo(text)).toBe(redacted);
  });

  it.each([
    ['/home/jo/acme/node_modules/x/lib/y.js:1:2', '/home/<PATH>/node_modules/x/lib/y.js:1:2'],
    ['/srv/acme/node_modules/a/node_modules/b/c.js', '/srv/<PATH>/node_modules/a/node_modules/b/c.js'],
    [String.raw`C:\Users\jo\node_modules\x\y.js`, String.raw`C:\Users\<PATH>\node_modules\x\y.js`],
    ['file:///home/jo/node_modules/x/y.mjs', 'file:///home/<PATH>/node_modules/x/y.mjs'],
    ['/home/jo/.venv/lib/python3/site-packages/x/y.py', '/home/<PATH>/.venv/lib/<PATH>/site-packages/x/y.py'],
  ])('keep what lies below a folder of packages, in %j', (text, redacted) => {
    expect(redactIdentifiableInfo(text)).toBe(redacted);
  });

  it.each([
    ['/home/jo/acme/src/pages/cart.ts:3:1', '/home/<PATH>/src/pages/cart.ts:3:1'],
    ['/home/jo/shop-api/src/order.ts', '/home/<PATH>/shop-api/src/order.ts'],
    ['/home/jo/code/acme/dist/merger.js', '/home/<PATH>/code/<PATH>/dist/merger.js'],
    ['/home/jo/src/acme/main.go', '/home/<PATH>/src/<PATH>/main.go'],
    ['/home/jo/acme/src/users/kim/x.ts', '/home/<PATH>/src/users/kim/x.ts'],
  ])('keep what a relative path would say, from the sources of a project on, in %j', (text, redacted) => {
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

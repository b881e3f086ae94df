import { describe, expect, it } from 'vitest';
import { redactIdentifiableInfo } from '../../../../src/privacy/scrubber/index.js';

describe('ordinary text of programs', () => {
  it.each([
    // Errors and stacks of Node
    "Error: Cannot find module 'express'",
    'TypeError [ERR_INVALID_ARG_TYPE]: The "path" argument must be of type string. Received undefined',
    '    at Module._compile (node:internal/modules/cjs/loader:1495:14)',
    '    at async Promise.all (index 0)',
    '    at handler (./src/server/index.ts:12:5)',
    "ENOENT: no such file or directory, open 'config/default.json'",
    'connect ECONNREFUSED 127.0.0.1:5432',
    '(node:12345) [DEP0040] DeprecationWarning: The `punycode` module is deprecated.',
    'Uncaught SyntaxError: Unexpected token < in JSON at position 0',
    // Compilers and linters
    "src/auth/token.ts(12,5): error TS2322: Type 'string' is not assignable to type 'Secret'.",
    "error TS2339: Property 'password' does not exist on type 'User'.",
    "  28:18  error  'apiKey' is assigned a value but never used  no-unused-vars",
    "Type 'Promise<AuthToken>' is missing the following properties from type 'Session': id, user",
    // Packages and versions
    'npm warn deprecated inflight@1.0.6: This module is not supported',
    'added 214 packages, and audited 215 packages in 3s',
    '"@types/node": "^20.11.5"',
    '>=18.0.0 <21 || ^22.0.0-rc.1',
    'sha512-Oq5QLmMVzqWPvSiqJMkAhDL6/2Ukl0eYVZmqJ9Fm0dFqbc8PRYLmEwZ3ZB2YjGqNL7xVwFBzBvCyGAQkjTQ0bg==',
    'pnpm@9.1.0+sha256.22e36fba7f4880ecf749a5ca128b8435da085ecd49575e7fb9e64d6bf4fad394',
    // HTTP and git
    'HTTP/1.1 401 Unauthorized',
    'GET /api/v1/users/42?page=2 200 in 12ms',
    'Content-Type: application/json; charset=utf-8',
    'WWW-Authenticate: Bearer realm="api"',
    'commit 5e141934a1b2c3d4e5f60718293a4b5c6d7e8f90',
    'fatal: not a git repository (or any of the parent directories): .git',
    // Code
    'const token = await getToken({ scope });',
    'process.env.API_KEY is not set',
    'SELECT id, email, password_hash FROM users WHERE id = $1',
    'if (password.length < 8) throw new WeakPassword();',
    'export class AuthorizationCodeGrantTokenProvider {}',
    'webpackChunkName: "vendors-node_modules_pnpm_react-dom_18_2_0_index_js"',
    'org.springframework.security.oauth2.client.registration.ClientRegistration',
    'k8s.io/apimachinery/pkg/apis/meta/v1',
    'useAuthTokenRefreshOnWindowFocus2',
    // Times, numbers, colours
    '2024-01-15T10:30:00.123Z',
    'Mon, 15 Jan 2024 10:30:00 GMT',
    'heap 134217728 of 4294967296 bytes',
    '#1e90ff, rgba(255, 99, 71, 0.5)',
    'progress 12/345 (3.5 %)',
    // Prose
    'The password must contain at least one digit',
    'Please enter your card number',
    'Your session has expired, log in again',
    'This key is already in use',
    'Call me later',
    'The quick brown fox jumps over the lazy dog',
  ])('comes back as it is: %j', (text) => {
    expect(redactIdentifiableInfo(text)).toBe(text);
  });
});

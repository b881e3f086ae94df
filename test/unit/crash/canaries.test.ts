import { homedir, hostname, userInfo } from 'node:os';
import { describe, expect, it } from 'vitest';
import { describeError, sanitizeError } from '../../../src/crash/index.js';
import { toCrashCaptured } from '../../../src/events/standard/crash-captured.js';
import { toErrorOccurred } from '../../../src/events/standard/error-occurred.js';
import { findCanaries } from '../../support/canaries.js';
import { openDoor } from '../privacy/support.js';
import { SOURCES } from './support.js';

/** Said in pieces, so that no scanner takes it for a live one. */
const TOKEN = `ghp_${'a1B2c3D4'.repeat(5)}`;

/** What must never leave, by what it is. Some belong to this machine, some to an imagined person. */
const CANARIES: readonly (readonly [what: string, canary: string])[] = [
  ['a user', 'adalovelace'],
  ['a name', 'Ada Lovelace'],
  ['a home', '/home/adalovelace'],
  ['a home on Windows', String.raw`C:\Users\adalovelace`],
  ['the home of this user', homedir()],
  ['this folder', process.cwd()],
  ['this host and user', `${userInfo().username}@${hostname()}.local`],
  ['an address', 'ada.lovelace@acme.example'],
  ['a token', TOKEN],
  ['a file', 'my-diary-2024.txt'],
  ['a sentence', 'dear diary, today was sunny'],
  ['another script', '\u6211\u7684\u65e5\u8bb0'],
];

/** All of it wherever an error can hold anything. */
function errorFullOf(canary: string): Error {
  const named = { [canary]: class extends Error {} }[canary] as ErrorConstructor;
  const error = new named(
    `cannot open ${canary}: "${canary}" of ${canary}\n    at ${canary} (/srv/acme/${canary}:1:2)`,
    {
      cause: Object.assign(new AggregateError([new named(canary), canary], canary), {
        name: canary,
        code: canary,
      }),
    },
  );
  // What could be the name of a function is one.
  const called = /^[a-z]+$/.test(canary) ? 'run' : canary;
  const frames = [
    `at ${canary} (${canary}/x.js:1:2)`,
    `at Object.${called} (/srv/acme/dist/x.js:1:2)`,
    `at run (/srv/acme/${canary}:1:2)`,
    `at run (/p/node_modules/lodash/${canary}.js:1:2)`,
    `at run (/p/node_modules/lodash/x.js:1:2) ${canary}`,
    `at ${called} (node:fs:1:2)`,
    `at ${canary}`,
    `${canary}@${canary}:1:2`,
  ];
  error.stack = `${canary}: ${error.message}\n${frames.map((frame) => `    ${frame}`).join('\n')}\n${canary}`;
  const extras = {
    code: canary,
    path: canary,
    config: { headers: { authorization: canary } },
    [canary]: canary,
  };
  return Object.assign(error, extras, { name: canary, syscall: canary, [Symbol.toStringTag]: canary });
}

describe.each(CANARIES)('%s', (_what, canary) => {
  const error = errorFullOf(canary);

  it.each([
    ['an error', () => openDoor().typed(toErrorOccurred(describeError(error, SOURCES)))],
    ['a crash', () => openDoor().typed(toCrashCaptured(describeError(error, SOURCES), 'captured'))],
    ['what would be recorded', () => sanitizeError(error)],
    ['a description', () => describeError(error, SOURCES, { isInstallation: true })],
    ['a string', () => describeError(`cannot open ${canary}`, SOURCES)],
    [
      'an error that is no error',
      () => describeError({ name: canary, message: canary, stack: canary, code: canary }, SOURCES),
    ],
    [
      'a description that somebody else made',
      () => {
        const [type, message, code, fingerprint] = Array(4).fill(canary) as [string, string, string, string];
        const category = canary as 'system';
        const description = {
          type,
          message,
          code,
          fingerprint,
          category,
          causes: [canary],
          frames: [canary],
        };
        return openDoor().typed(
          toErrorOccurred(description, { operation: `${canary} `, step_name: `${canary} ` }),
        );
      },
    ],
  ])('is not in %s, in any form', (_where, record) => {
    expect(findCanaries(JSON.stringify(record()), { canary })).toEqual([]);
  });
});

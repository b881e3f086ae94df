import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeError, sanitizeError } from '../../../src/crash/index.js';
import {
  errorCode,
  errorFingerprint,
  errorName,
  frameText,
  messageTemplate,
} from '../../../src/privacy/index.js';
import { errorWithStack, hostile, SOURCES, withThrowingGetters } from './support.js';

const circular = new Error('round and round');
circular.cause = new Error('again', { cause: circular });

class ParserError extends TypeError {}

class ReaderError extends Error {
  override toString(): string {
    throw new Error('refused');
  }
}

const ANYTHING: readonly (readonly [what: string, thrown: unknown, type: string, message: string])[] = [
  ['an error', new Error('failed'), 'Error', 'failed'],
  ['an error of a class', new ParserError('failed'), 'ParserError', 'failed'],
  [
    'an error with a name',
    Object.assign(new Error('failed'), { name: 'AbortError' }),
    'AbortError',
    'failed',
  ],
  ['an error without a message', new RangeError(), 'RangeError', ''],
  ['a string', 'failed "Ada"', 'string', 'failed <VALUE>'],
  ['nothing', undefined, 'undefined', ''],
  ['null', null, 'null', ''],
  ['a number', 7, 'number', ''],
  ['a bigint', 7n, 'bigint', ''],
  ['a symbol', Symbol('Ada'), 'symbol', ''],
  ['a function', function ada() {}, 'function', ''],
  ['an object', { name: 'Ada' }, 'object', ''],
  ['an object with a message', { message: 'failed' }, 'object', 'failed'],
  ['an object with a message that is none', { message: { ada: true } }, 'object', ''],
  ['an object without a prototype', Object.create(null), 'object', ''],
  ['getters that throw', withThrowingGetters(), 'object', ''],
  ['an error with getters that throw', withThrowingGetters(new Error('failed')), 'Error', ''],
  ['a proxy that throws', hostile(), 'object', ''],
  ['an error that was frozen', Object.freeze(new Error('failed')), 'Error', 'failed'],
  ['a circular cause', circular, 'Error', '<NAME> and <NAME>'],
  ['a `toString` that throws', new ReaderError('failed'), 'ReaderError', 'failed'],
  ['an error of another realm', runInNewContext('new RangeError("failed")'), 'RangeError', 'failed'],
  [
    'several errors',
    new AggregateError([new TypeError('a'), 'b', null], 'failed'),
    'AggregateError',
    'failed',
  ],
  [
    'errors that are none',
    Object.assign(new AggregateError([]), { errors: hostile() }),
    'AggregateError',
    '',
  ],
];

describe('the description of what was thrown', () => {
  it.each(ANYTHING)('is made of %s', (_what, thrown, type, message) => {
    expect(describeError(thrown, SOURCES)).toMatchObject({ type, message, category: 'unexpected' });
  });

  it.each(ANYTHING)('passes the door as it is: %s', (_what, thrown) => {
    const { type, message, code, causes, frames, fingerprint } = describeError(thrown, SOURCES);
    expect([type, ...causes].map((name) => errorName.encode(name))).toEqual([type, ...causes]);
    expect(messageTemplate.encode(message)).toBe(message);
    expect(frames.map((frame) => frameText.encode(frame))).toEqual(frames);
    expect(errorFingerprint.encode(fingerprint)).toBe(fingerprint);
    expect(code === undefined || errorCode.encode(code) === code).toBe(true);
  });

  it('is made of anything', () => {
    const thrown = fc.oneof(fc.anything({ withNullPrototype: true, withBigInt: true }), fc.object());
    fc.assert(
      fc.property(thrown, fc.anything(), (value, cause) => {
        describeError(value, SOURCES);
        describeError(
          Object.assign(new Error('x'), { cause, errors: cause, code: cause, name: cause }),
          SOURCES,
        );
      }),
    );
  });

  it.each([
    ['ENOENT', 'ENOENT'],
    [1, '1'],
    [-1, '1'],
    [404, '404'],
    [-32601, '32601'],
    [-4058, undefined],
    ['dear diary', undefined],
    [Number.NaN, undefined],
    [1.5, undefined],
    [{ toString: () => 'ENOENT' }, undefined],
  ])('has the code %j as %j', (code, told) => {
    expect(describeError(Object.assign(new Error('failed'), { code }), SOURCES).code).toBe(told);
  });

  it('tells the types of at most five causes, the nearest first', () => {
    const chain = [TypeError, RangeError, SyntaxError, EvalError, URIError, TypeError, RangeError];
    const innermost: unknown = undefined;
    const error = chain.reduceRight<unknown>((cause, Class) => new Class('x', { cause }), innermost);
    expect(describeError(error, SOURCES).causes).toEqual([
      'RangeError',
      'SyntaxError',
      'EvalError',
      'URIError',
      'TypeError',
    ]);
  });

  it('tells of each cause once, also where they go round', () => {
    expect(describeError(circular, SOURCES).causes).toEqual(['Error']);
  });

  it('reads nothing that hangs on an error', () => {
    const read: PropertyKey[] = [];
    const error = new Proxy(Object.assign(new Error('failed'), { config: {}, response: {}, request: {} }), {
      get(target, part, receiver) {
        read.push(part);
        return Reflect.get(target, part, receiver);
      },
      ownKeys: () => {
        throw new Error('refused');
      },
    });
    describeError(error, SOURCES, { isInstallation: true });
    const parts = [
      'cause',
      'code',
      'constructor',
      'errors',
      'exitCode',
      'message',
      'name',
      'stack',
      'status',
      'syscall',
    ];
    expect([...new Set(read)].sort()).toEqual(parts);
  });
});

describe('the fingerprint', () => {
  const FRAMES = ['at run (/srv/acme/dist/x.js:1:2)', 'at map (/srv/acme/node_modules/lodash/map.js:3:4)'];
  const of = (frames: readonly string[], message = 'failed', sources = SOURCES) =>
    describeError(errorWithStack(frames, message), sources).fingerprint;

  it.each<readonly [what: string, other: string]>([
    [
      'folders',
      of(
        FRAMES.map((frame) => frame.replace('/srv/acme', '/Users/Ada L/x')),
        'failed',
        { ...SOURCES, appRoot: '/Users/Ada L/x' },
      ),
    ],
    ['lines and columns', of(FRAMES.map((frame) => frame.replace(/\d:\d/, '77:88')))],
    ['versions of packages', of(FRAMES, 'failed', { ...SOURCES, versionOf: () => '9.9.9' })],
    ['what was filled in', of(FRAMES, 'failed')],
    ['what called the program', of([...FRAMES, 'at node:internal/x:1:2', 'at ada (/home/ada/x.js:1:2)'])],
    ['native functions', of([FRAMES[0] as string, 'at Array.map (<anonymous>)', FRAMES[1] as string])],
  ])('does not depend on %s', (_what, other) => {
    expect(other).toBe(of(FRAMES));
  });

  it('does not depend on what stands further out than five frames of the app and of packages', () => {
    const top = ['a', 'b', 'c', 'd', 'e'].map((name) => `at ${name} (/srv/acme/x.js:1:2)`);
    const withCaller = (name: string) => of([...top, `at ${name} (/srv/acme/x.js:1:2)`]);
    expect(withCaller('serve')).toBe(withCaller('runOnce'));
  });

  it('is the same whatever value a message holds', () => {
    expect(of(FRAMES, "failed 'one' 1")).toBe(of(FRAMES, "failed 'another one' 222"));
  });

  it.each([
    ['function', of(FRAMES.map((frame) => frame.replace('run', 'walk')))],
    ['file', of(FRAMES.map((frame) => frame.replace('x.js', 'y.js')))],
    ['message', of(FRAMES, 'closed')],
  ])('tells one %s from another', (_what, other) => {
    expect(other).not.toBe(of(FRAMES));
  });
});

describe('what would be recorded of an error', () => {
  it('is told under the names it is recorded by', () => {
    const error = Object.assign(errorWithStack(['at run (/home/ada/x.js:1:2)'], 'no "Ada"'), {
      code: 'EACCES',
    });
    expect(sanitizeError(error)).toEqual({
      type: 'Error',
      message: 'no <VALUE>',
      category: 'system',
      code: 'EACCES',
      stack_trace: ['<external>'],
      fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/),
    });
  });

  it('knows the packages of this process', () => {
    const { stack_trace } = sanitizeError(new Error('failed'));
    expect(stack_trace[0]).toBe('<external>');
    expect(stack_trace.join('\n')).toMatch(/^@vitest\/runner@\d+\.\d+\.\d+:\w+/m);
  });

  it('has null for a code that may not be told', () => {
    expect(sanitizeError('failed').code).toBeNull();
  });
});

import { describe, expect, it } from 'vitest';
import { ErrorOccurred, toErrorOccurred } from '../../../../src/events/standard/error-occurred.js';
import type { ErrorDescription } from '../../../../src/privacy/index.js';
import { hostileProxy, openDoor } from '../../privacy/support.js';

const DESCRIPTION: ErrorDescription = {
  type: 'TypeError',
  message: 'cannot read <PATH>',
  category: 'system',
  code: 'EACCES',
  causes: ['RangeError'],
  frames: ['<app>/dist/cli.js:main:40', '<external>'],
  fingerprint: '0123456789abcdef',
};

const FIELDS = {
  $signal: 'error',
  error_type: 'TypeError',
  error_message: 'cannot read <PATH>',
  error_category: 'system',
  error_code: 'EACCES',
  error_fingerprint: '0123456789abcdef',
  stack_trace: ['<app>/dist/cli.js:main:40', '<external>'],
  cause_types: ['RangeError'],
};

describe('the event of an error', () => {
  it('says what may be said of it', () => {
    expect(openDoor().typed(toErrorOccurred(DESCRIPTION))).toEqual(FIELDS);
  });

  it('takes the operation and the step from the context, and keeps the rest apart', () => {
    const context = { operation: 'message_send', step_name: 'clone', attempts: 3, note: 'dear diary' };
    expect(openDoor().typed(toErrorOccurred(DESCRIPTION, context))).toEqual({
      ...FIELDS,
      operation: 'message_send',
      step_name: 'clone',
      context: { attempts: 3, note: 10 },
    });
  });

  it('cannot be overwritten by a context', () => {
    const context = { error_type: 'MyError', error_message: 'all_is_well', context: 1, stack_trace: [] };
    expect(openDoor().typed(toErrorOccurred(DESCRIPTION, context))).toEqual({ ...FIELDS, context });
  });

  it('takes a code from the context only where the error has none', () => {
    const context = { error_code: 'OMNI-1001' };
    const of = (code: string | undefined) =>
      openDoor().typed(toErrorOccurred({ ...DESCRIPTION, code }, context));
    expect(of('EACCES')).toEqual(FIELDS);
    expect(of(undefined)).toEqual({ ...FIELDS, error_code: 'OMNI-1001' });
  });

  it('says at the door nothing that it may not, whoever fills it in', () => {
    const door = openDoor();
    const event = Object.assign(new ErrorOccurred(), {
      error_type: 'dear diary',
      error_message: 'no "Ada" at /home/ada',
      error_category: 'ada',
      error_code: 'ada',
      error_fingerprint: 'ada',
      stack_trace: ['<external>', 'at run (/home/ada/x.js:1:2)'],
      cause_types: ['ada lovelace'],
      operation: 'dear diary',
      step_name: '/home/ada',
    });
    expect(door.typed(event)).toEqual({
      $signal: 'error',
      error_type: 'Error',
      error_message: 'no <VALUE> at <PATH>',
      cause_types: ['Error'],
    });
    expect(door.dropped).toEqual({ field_invalid: 6 });
  });

  it.each([
    [
      'getters that throw',
      {
        get operation(): string {
          throw new Error('no');
        },
        get tries() {
          throw new Error('no');
        },
      },
    ],
    ['a proxy that throws', hostileProxy('secret')],
    [
      'a circular object',
      (() => {
        const me: { me?: object } = {};
        me.me = me;
        return me;
      })(),
    ],
    [
      'what JSON has no words for',
      { big: 10n ** 50n, sign: Symbol('x'), run: () => {}, at: new Date(Number.NaN) },
    ],
    ['a map', new Map([['attempts', 3]])],
    [
      'an instance',
      new (class Session {
        user = 'ada';
      })(),
    ],
  ])('is recorded whatever its context is: %s', (_what, context) => {
    const properties = openDoor().typed(toErrorOccurred(DESCRIPTION, context));
    expect(properties).toMatchObject(FIELDS);
    expect(JSON.parse(JSON.stringify(properties))).toEqual(properties);
    expect(JSON.stringify(properties)).not.toMatch(/\bada\b/);
  });

  it('says nothing of an instance of a class that declares nothing', () => {
    class Session {
      readonly tries = 3;
    }
    const door = openDoor();
    expect(door.typed(toErrorOccurred(DESCRIPTION, new Session()))).toEqual(FIELDS);
    expect(door.dropped).toEqual({ value_unsupported: 1 });
  });

  it('is sent in the name of the app', () => {
    const event = openDoor().sanitizer.typed(toErrorOccurred(DESCRIPTION), {
      uuid: '',
      distinctId: '',
      timestampMs: 0,
      common: {} as never,
    });
    expect(event?.event).toBe('acme_tool.error');
  });
});

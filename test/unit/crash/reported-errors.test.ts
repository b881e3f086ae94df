import { describe, expect, it } from 'vitest';
import { createReportedErrors } from '../../../src/crash/index.js';
import { hostile, withThrowingGetters } from './support.js';

describe('an error', () => {
  it('is new once', () => {
    const reported = createReportedErrors();
    const error = new Error('failed');
    expect([error, error, new Error('failed')].map((each) => reported.isNew(each))).toEqual([
      true,
      false,
      true,
    ]);
  });

  it('is not new around one that was reported', () => {
    const reported = createReportedErrors();
    const inner = new Error('inner');
    reported.isNew(inner);
    expect(reported.isNew(new Error('outer', { cause: new Error('middle', { cause: inner }) }))).toBe(false);
    expect(reported.isNew(new AggregateError([new Error('other'), inner]))).toBe(false);
  });

  it('is not new inside of one that was reported', () => {
    const reported = createReportedErrors();
    const inner = new Error('inner');
    reported.isNew(new Error('outer', { cause: inner }));
    expect(reported.isNew(inner)).toBe(false);
    expect(reported.isNew(new Error('another way out', { cause: inner }))).toBe(false);
  });

  it.each([
    ['a string', 'failed'],
    ['null', null],
    ['nothing', undefined],
    ['a number', 7],
  ])('is always new as %s', (_what, thrown) => {
    const reported = createReportedErrors();
    expect([thrown, thrown].map((each) => reported.isNew(each))).toEqual([true, true]);
  });

  it('may be anything', () => {
    const reported = createReportedErrors();
    const circular = new Error('round');
    circular.cause = circular;
    const things = [hostile(), withThrowingGetters(), Object.freeze(new Error('frozen')), circular, () => {}];
    expect(things.map((thing) => reported.isNew(thing))).toEqual(things.map(() => true));
    expect(things.map((thing) => reported.isNew(thing))).toEqual(things.map(() => false));
  });

  it('survives a cause that throws at whatever is done with it', () => {
    const fail = (): never => {
      throw new Error('of the host');
    };
    const cause = new Proxy({}, { get: fail, getPrototypeOf: fail });
    const reported = createReportedErrors();
    expect(reported.isNew(new Error('first', { cause }))).toBe(true);
    expect(reported.isNew(new Error('second', { cause }))).toBe(true);
  });
});

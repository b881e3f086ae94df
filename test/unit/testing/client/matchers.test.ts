import { createTestTelemetry, type SottoMatchers, sottoMatchers } from 'sotto/testing';
import { describe, expect, it } from 'vitest';
import { CodeSearch, search } from './support.js';

declare module 'vitest' {
  interface Matchers<T> extends SottoMatchers<T> {}
}

expect.extend(sottoMatchers);

const searched = () => {
  const test = createTestTelemetry({ events: [CodeSearch] });
  test.telemetry.capture(search());
  return test;
};

describe('toHaveCaptured', () => {
  it('holds for an event with this name and these properties', () => {
    const test = searched();
    expect(test).toHaveCaptured('code_search');
    expect(test).toHaveCaptured('code_search', { intent: 'DEBUG', query: expect.any(Number) });
    expect(test).not.toHaveCaptured('code_search', { intent: 'UNDERSTAND' });
    expect(test).not.toHaveCaptured('other');
  });

  it('says what was captured instead', () => {
    expect(() => expect(searched()).toHaveCaptured('other')).toThrow('Captured: code_search.');
    expect(() => expect(searched()).toHaveCaptured('code_search', { query: 1 })).toThrow('"query":10');
  });

  it('refuses what is no test telemetry', () => {
    expect(() => expect(searched().telemetry).toHaveCaptured('code_search')).toThrow('expect(test)');
  });
});

describe('toHaveCapturedNothing', () => {
  it('holds as long as nothing was captured', () => {
    expect(createTestTelemetry()).toHaveCapturedNothing();
    expect(searched()).not.toHaveCapturedNothing();
    expect(() => expect(searched()).toHaveCapturedNothing()).toThrow('Captured: code_search.');
  });
});

describe('toLeakNothingOf', () => {
  it('holds where a secret is nowhere in what was captured', () => {
    expect(searched()).toLeakNothingOf({ query: 'who is Ada' });
    expect(searched()).not.toLeakNothingOf(['code_search']);
    expect(() => expect(searched()).toLeakNothingOf({ intent: 'code_search' })).toThrow(
      'secret intent stands in',
    );
  });
});

describe('toHaveDropped', () => {
  it('holds for a reason that occurred, and for how often', () => {
    const test = searched();
    expect(test).not.toHaveDropped('not_in_catalogue');
    test.telemetry.capture('undeclared');
    expect(test).toHaveDropped('not_in_catalogue');
    expect(test).toHaveDropped('not_in_catalogue', 1);
    expect(test).not.toHaveDropped('not_in_catalogue', 2);
    expect(() => expect(test).toHaveDropped('too_large')).toThrow('"not_in_catalogue":1');
  });
});

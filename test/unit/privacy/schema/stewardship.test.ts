import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defineEvent } from '../../../../src/events/index.js';
import { ConfigError } from '../../../../src/internal/index.js';
import { count, event, modelOfSchema, textCount, toExpiryMs } from '../../../../src/privacy/index.js';

const stewardshipOf = (schema: object, field: string) =>
  modelOfSchema(schema)?.sources.get(field)?.stewardship;
const eventStewardshipOf = (schema: object) => modelOfSchema(schema)?.event?.stewardship;

describe('what an event and a field say of themselves', () => {
  it('is kept as it was said, and nothing where nothing was said', () => {
    const told = { purpose: 'sizing the index', owner: 'search team', expires: '2027-01-31' };
    const Told = defineEvent('told', { rows: count(told), cells: count() }, told);
    expect(eventStewardshipOf(Told)).toEqual(told);
    expect(stewardshipOf(Told, 'rows')).toEqual(told);
    expect(stewardshipOf(Told, 'cells')).toEqual({
      purpose: undefined,
      owner: undefined,
      expires: undefined,
    });
  });

  it.each<[string, object, RegExp]>([
    [
      'an empty purpose',
      { purpose: ' ' },
      /`purpose` is one line of at most 200 characters; received string/,
    ],
    ['a long purpose', { purpose: 'x'.repeat(201) }, /`purpose`/],
    ['a purpose of several lines', { purpose: 'a\nb' }, /`purpose`/],
    ['a purpose that steers a terminal', { purpose: 'a\u001b[2J' }, /`purpose`/],
    ['a purpose that is no text', { purpose: 3 }, /received number/],
    ['a long owner', { owner: 'x'.repeat(101) }, /`owner` is one line of at most 100 characters/],
    ['an owner that is no text', { owner: null }, /received null/],
    ['a month', { expires: '2027-01' }, /`expires` is a day of the calendar/],
    ['a time', { expires: '2027-01-31T00:00:00Z' }, /`expires`/],
    ['a day that no calendar has', { expires: '2027-02-29' }, /`expires`/],
    ['a month that no calendar has', { expires: '2027-13-01' }, /`expires`/],
    ['a date', { expires: new Date(0) }, /`expires`/],
    ['words', { expires: 'never' }, /`expires`/],
  ])('cannot be %s', (_what, options, message) => {
    for (const declare of [() => count(options), () => defineEvent('e', {}, options)]) {
      expect(declare).toThrow(ConfigError);
      expect(declare).toThrow(message);
    }
  });

  it('takes as much as it says that it takes, and the day that comes every four years', () => {
    const options = { purpose: 'x'.repeat(200), owner: 'y'.repeat(100), expires: '2028-02-29' };
    expect(stewardshipOf(defineEvent('e', { a: count(options) }), 'a')).toEqual(options);
  });
});

describe('an expiry', () => {
  it('is the first moment of its day, UTC', () => {
    expect(toExpiryMs('2027-01-31')).toBe(Date.UTC(2027, 0, 31));
    expect(toExpiryMs(undefined)).toBe(Number.POSITIVE_INFINITY);
  });

  it('is read for every day of the calendar, and for no other text of that form', () => {
    const day = fc.tuple(fc.integer({ min: 0, max: 9999 }), fc.nat(19), fc.nat(39));
    const digits = (value: number, length: number) => String(value).padStart(length, '0');
    fc.assert(
      fc.property(day, ([year, month, date]) => {
        const text = `${digits(year, 4)}-${digits(month, 2)}-${digits(date, 2)}`;
        const moment = new Date(0);
        moment.setUTCFullYear(year, month - 1, date);
        const isDay = moment.getUTCMonth() === month - 1 && moment.getUTCDate() === date;
        expect(toExpiryMs(text)).toBe(isDay ? moment.getTime() : Number.NaN);
      }),
    );
  });
});

describe('a subclass', () => {
  @event('parent', { purpose: 'its parent’s', owner: 'parents', expires: '2027-06-30' })
  class Parent {
    @textCount({ purpose: 'its parent’s', owner: 'parents', expires: '2027-06-30' }) text = '';
  }

  it('says what its parent said, but for what it says itself', () => {
    @event('child', { purpose: 'its own' })
    class Child extends Parent {
      @textCount({ owner: 'children' }) override text = '';
    }
    expect(eventStewardshipOf(Child)).toEqual({
      purpose: 'its own',
      owner: 'parents',
      expires: '2027-06-30',
    });
    expect(stewardshipOf(Child, 'text')).toEqual({
      purpose: 'its parent’s',
      owner: 'children',
      expires: '2027-06-30',
    });
  });

  it.each([
    ['2027-01-01', '2027-01-01'],
    ['2029-01-01', '2027-06-30'],
  ])('that ends on %s ends on %s: the earlier day holds', (expires, expected) => {
    @event('child', { expires })
    class Child extends Parent {
      @textCount({ expires }) override text = '';
    }
    expect(eventStewardshipOf(Child)?.expires).toBe(expected);
    expect(stewardshipOf(Child, 'text')?.expires).toBe(expected);
  });
});

import { describe, expect, it } from 'vitest';
import { defineEvent } from '../../../src/events/index.js';
import { count, EVERYTHING_HELD, event } from '../../../src/privacy/index.js';
import { ENVELOPE, openDoor } from './support.js';

const Plan = defineEvent('plan', { seats: count(), guests: count() });
const source = () => Object.assign(new Plan(), { seats: [1, 2], guests: [1] });

describe('an event that may not be the one that was told of', () => {
  it('is held back with what is not declared: a subclass that adds to an event and has no name of its own', () => {
    class Larger extends Plan {
      @count() rooms: unknown[] = [1];
    }
    @event('larger_plan')
    class Named extends Plan {}
    const larger = Object.assign(new Larger(), source());
    expect(openDoor().typed(larger)).toEqual({
      seats: 2,
      guests: 1,
      rooms: 1,
    });
    const { sanitizer, typed, dropped } = openDoor({ heldBack: { untyped: true } });
    expect(typed(larger)).toBeUndefined();
    expect(dropped).toEqual({ event_held_back: 1 });
    expect(typed(source())).toEqual({ seats: 2, guests: 1 });
    expect(sanitizer.typed(Object.assign(new Named(), source()), ENVELOPE)?.event).toBe('larger_plan');
  });
});

describe('what is said with every event', () => {
  it.each(['common', 'session'] as const)('is said without what is held back of it: %s', (part) => {
    const { sanitizer, dropped } = openDoor({ heldBack: { [part]: new Map([['guests', 'all']]) } });
    expect(sanitizer.properties(source(), part)).toEqual({ seats: 2 });
    expect(sanitizer.properties(source())).toEqual({ seats: 2, guests: 1 });
    expect(dropped).toEqual({ field_held_back: 1 });
  });

  it('is said without what no class declares while that is held back', () => {
    const { sanitizer, dropped } = openDoor({ heldBack: { untyped: true } });
    expect(sanitizer.properties({ seats: 2, guests: 1 }, 'session')).toEqual({});
    expect(dropped).toEqual({ field_held_back: 2 });
    expect(openDoor().sanitizer.properties({ seats: 2 }, 'session')).toEqual({ seats: 2 });
  });

  it('is said without what a class declares that nobody was told of, while what is not declared is held back', () => {
    const { sanitizer, dropped } = openDoor({ heldBack: { untyped: true } });
    expect(sanitizer.properties(source(), 'session')).toEqual({});
    expect(dropped).toEqual({ field_held_back: 2 });
    expect(sanitizer.properties(source(), 'common')).toEqual({ seats: 2, guests: 1 });
  });

  it('is said without the variants of flags while these are held back', () => {
    const variants = new Map([['layout', 'wide']]);
    expect(openDoor().sanitizer.features(variants)).toEqual({ '$feature/layout': 'wide' });
    const { sanitizer, dropped } = openDoor({ heldBack: { features: true } });
    expect(sanitizer.features(variants)).toEqual({});
    expect(dropped).toEqual({ field_held_back: 1 });
  });

  it('is not said at all where no event may leave', () => {
    const { sanitizer } = openDoor({ heldBack: EVERYTHING_HELD });
    expect(sanitizer.typed(source(), ENVELOPE)).toBeUndefined();
    expect(sanitizer.untyped('whatever', {}, ENVELOPE)).toBeUndefined();
  });
});

import { describe, expect, it } from 'vitest';
import { createRest, nextState } from '../../../src/delivery/rest.js';
import { NO_TROUBLE } from '../../../src/store/index.js';
import { createStateInMemory } from './state-in-memory.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

function createHarness(state = createStateInMemory()) {
  const clock = { nowMs: 1_000_000 };
  const createNext = () => createRest({ now: () => clock.nowMs, random: () => 1, ...state });
  return { clock, state, rest: createNext(), createNext };
}

describe('a rest', () => {
  it('is none before anything failed', () => {
    const { rest } = createHarness();
    expect({ waitMs: rest.waitMs, isClosed: rest.isClosed }).toEqual({ waitMs: 0, isClosed: false });
  });

  it('doubles with every failure in a row, and ends with a success', () => {
    const { rest } = createHarness();
    expect([rest.fail(undefined), rest.fail(undefined), rest.fail(undefined)]).toEqual([1_000, 2_000, 4_000]);
    rest.succeed();
    expect(rest.waitMs).toBe(0);
    expect(rest.fail(undefined)).toBe(1_000);
  });

  it('is kept: the next process goes on where this one ended', () => {
    const { rest, createNext } = createHarness();
    rest.fail(undefined);
    rest.fail(undefined);
    const next = createNext();
    expect(next.waitMs).toBe(2_000);
    expect(next.fail(undefined)).toBe(4_000);
  });

  it('is over when somebody asks to send now, unless the server asked for it', () => {
    const { rest } = createHarness();
    rest.fail(undefined);
    rest.overrule();
    expect(rest.waitMs).toBe(0);
    rest.fail(60_000);
    rest.overrule();
    expect({ waitMs: rest.waitMs, isClosed: rest.isClosed }).toEqual({ waitMs: 60_000, isClosed: true });
  });

  it('goes on doubling where nothing can be kept', () => {
    const { rest, clock } = createHarness({ read: () => NO_TROUBLE, write: () => {} });
    expect([rest.fail(undefined), rest.fail(undefined)]).toEqual([1_000, 2_000]);
    clock.nowMs += 2_000;
    expect(rest.waitMs).toBe(0);
    expect(rest.fail(undefined)).toBe(4_000);
  });

  it.each([
    ['it was known', true],
    ['it was found', false],
  ])('counts as none when the clock is set back by days after %s', (_, isKnown) => {
    const { rest, clock, createNext } = createHarness();
    clock.nowMs += 40 * DAY_MS;
    rest.fail(60_000);
    clock.nowMs -= 40 * DAY_MS;
    const asked = isKnown ? rest : createNext();
    expect({ waitMs: asked.waitMs, isClosed: asked.isClosed }).toEqual({ waitMs: 0, isClosed: false });
    expect(asked.fail(undefined)).toBe(2_000);
    expect(asked.waitMs).toBe(2_000);
  });
});

describe('a rest that others have made longer', () => {
  it('is held to as soon as it is asked for', () => {
    const { rest, createNext } = createHarness();
    const other = createNext();
    expect(rest.waitMs).toBe(0);
    other.fail(3_600_000);
    expect({ waitMs: rest.waitMs, isClosed: rest.isClosed }).toEqual({ waitMs: HOUR_MS, isClosed: true });
  });

  it('is not overruled by who did not know it', () => {
    const { rest, createNext } = createHarness();
    rest.fail(undefined);
    createNext().fail(3_600_000);
    rest.overrule();
    expect(rest.waitMs).toBe(HOUR_MS);
  });

  it('outlasts a failure that was under way meanwhile', () => {
    const { rest, createNext } = createHarness();
    expect(rest.waitMs).toBe(0);
    createNext().fail(3_600_000);
    expect(rest.fail(undefined)).toBe(HOUR_MS);
    expect(rest.isClosed).toBe(true);
  });

  it('is not ended by a success of who knows of no failure', () => {
    const { rest, createNext } = createHarness();
    expect(rest.waitMs).toBe(0);
    createNext().fail(3_600_000);
    rest.succeed();
    expect(rest.waitMs).toBe(HOUR_MS);
  });

  it('looks at the disk only while it knows of no rest', () => {
    const state = createStateInMemory();
    let reads = 0;
    const read = () => {
      reads += 1;
      return state.read();
    };
    const { rest } = createHarness({ ...state, read });
    rest.fail(undefined);
    const before = reads;
    for (let n = 0; n < 100; n += 1) expect(rest.waitMs).toBe(1_000);
    expect(reads).toBe(before);
  });
});

describe('a rest that was overruled', () => {
  it('stays so though it is kept, until the next failure', () => {
    const { rest, createNext } = createHarness();
    for (let n = 0; n < 9; n += 1) rest.fail(undefined);
    rest.overrule();
    expect([rest.waitMs, rest.waitMs]).toEqual([0, 0]);
    expect(createNext().waitMs).toBeGreaterThan(200_000);
    expect(rest.fail(undefined)).toBe(300_000);
    expect(rest.waitMs).toBe(300_000);
  });

  it('is followed by one that counts, though it is shorter', () => {
    const notBeforeMs = 1_000_000 + DAY_MS;
    const { rest } = createHarness(createStateInMemory({ ...NO_TROUBLE, failures: 20, notBeforeMs }));
    rest.overrule();
    expect(rest.waitMs).toBe(0);
    expect(rest.fail(undefined)).toBe(300_000);
    expect(rest.waitMs).toBe(300_000);
  });
});

describe('a network that stays closed', () => {
  const failedOften = { failures: 20, firstFailureAtMs: 0, notBeforeMs: 0, serverSaid: false };
  const failure = { nowMs: 2 * HOUR_MS, random: 0, afterMs: undefined, isUnreachable: true };

  it('is left alone for the day', () => {
    expect(nextState(failedOften, failure).notBeforeMs - failure.nowMs).toBe(DAY_MS * 0.75);
    expect(nextState(failedOften, { ...failure, random: 1 }).notBeforeMs - failure.nowMs).toBe(DAY_MS);
  });

  it.each([
    ['a server answers, though in trouble', failedOften, { ...failure, isUnreachable: false }],
    ['it is closed for less than an hour', failedOften, { ...failure, nowMs: HOUR_MS - 1 }],
    ['it was tried a few times only', { ...failedOften, failures: 5 }, failure],
    ['the clock was set back', { ...failedOften, firstFailureAtMs: DAY_MS }, failure],
  ])('is tried again within minutes when %s', (_, state, next) => {
    expect(nextState(state, next).notBeforeMs - next.nowMs).toBeLessThanOrEqual(300_000);
  });

  it('yields to what the server asks for', () => {
    expect(nextState(failedOften, { ...failure, afterMs: 5_000 })).toMatchObject({
      notBeforeMs: failure.nowMs + 5_000,
      serverSaid: true,
    });
  });
});

import { describe, expect, it } from 'vitest';
import { createRest, nextState } from '../../../src/delivery/rest.js';
import { createStateInMemory, RESTED } from './state-in-memory.js';

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

  it('leaves alone what else is counted beside it', () => {
    const state = createStateInMemory({ ...RESTED, dropped: { record_torn: 2 } });
    const { rest } = createHarness(state);
    rest.fail(undefined);
    state.write({ ...state.read(), dropped: { record_torn: 3 } });
    rest.succeed();
    expect(state.read().dropped).toEqual({ record_torn: 3 });
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

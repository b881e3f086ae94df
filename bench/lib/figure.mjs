import { summarize } from './statistics.mjs';

/** The side that is judged. */
export const SOTTO = 'Sotto';

/**
 * What ours is compared with. Each round gives one ratio or difference, so that a slow moment of the machine, which strikes all sides
 * of a round, cancels out. Without a limit a comparison is for information.
 *
 * @typedef {import('./statistics.mjs').Summary} Summary
 * @typedef {{ of: 'value' } | { of: 'ratio' | 'difference', to: string }} Comparison `to` is another side
 * @typedef {Comparison & { atMost?: number, atLeast?: number }} Goal
 * @typedef {{
 *   name: string,
 *   unit: string,
 *   sides: Record<string, Summary>,
 *   goals: (Goal & { measured: Summary })[],
 * }} Figure one thing that was measured, of ours and of others
 */

/**
 * @param {{ name: string, unit: string, goals?: Goal[] }} description
 * @param {Record<string, number>[]} rounds at least one, the first with all sides; slow sides may be missing in later ones, but not those
 *   that goals are about
 * @returns {Figure}
 */
export function toFigure({ name, unit, goals = [] }, rounds) {
  const sides = Object.keys(rounds[0]);
  return {
    name,
    unit,
    sides: Object.fromEntries(sides.map((side) => [side, summarize(valuesOf(rounds, side))])),
    goals: goals.map((goal) => ({
      ...goal,
      measured: summarize(rounds.map((round) => compare(goal, round))),
    })),
  };
}

const valuesOf = (rounds, side) => rounds.map((round) => round[side]).filter((value) => value !== undefined);

function compare({ of, to }, round) {
  switch (of) {
    case 'ratio':
      return round[SOTTO] / round[to];
    case 'difference':
      return round[SOTTO] - round[to];
    default:
      return round[SOTTO];
  }
}

export const valueAtMost = (atMost) => ({ of: 'value', atMost });
export const ratioAtMost = (atMost, to) => ({ of: 'ratio', to, atMost });
export const ratioAtLeast = (atLeast, to) => ({ of: 'ratio', to, atLeast });
export const differenceAtMost = (atMost, to) => ({ of: 'difference', to, atMost });
/** For information. */
export const ratioTo = (to) => ({ of: 'ratio', to });
/** A goal for each of these sides: less than theirs. @param {readonly string[]} sides */
export const aheadOf = (sides) => sides.map((to) => ratioAtMost(1, to));

/** Whether the median keeps the limit; undefined where there is none. @param {Goal & { measured: Summary }} goal */
export function isMet({ measured: { median }, atMost, atLeast }) {
  if (atMost !== undefined) return median <= atMost;
  return atLeast === undefined ? undefined : median >= atLeast;
}

/** What is measured as a part of its limit; undefined where there is none, or it is 0. @param {Goal & { measured: Summary }} goal */
export function partOfLimit({ measured: { median }, atMost, atLeast }) {
  const limit = atMost ?? atLeast;
  return limit ? median / limit : undefined;
}

/** Where the limit lies in the unit of the figure; undefined where there is none. @param {Figure} figure @param {Goal} goal */
export function limitInUnit({ sides }, { of, to, atMost, atLeast }) {
  const limit = atMost ?? atLeast;
  if (limit === undefined || of === 'value') return limit;
  return of === 'ratio' ? limit * sides[to].median : limit + sides[to].median;
}

/**
 * Measure several things in turns, another one first in each round, so that a slow moment of the machine does not always strike
 * the same one.
 *
 * @template Sample
 * @typedef {Record<string, Sample>} Round a sample of every side, in the order in which the sides were given
 *
 * @template Sample
 * @param {number} count how many rounds
 * @param {Record<string, () => Sample | Promise<Sample>>} sides by name
 * @returns {Promise<Round<Sample>[]>}
 */
export async function measureRounds(count, sides) {
  const names = Object.keys(sides);
  const rounds = [];
  for (let round = 0; round < count; round += 1) {
    const samples = new Map();
    for (const offset of names.keys()) {
      const name = names[(round + offset) % names.length];
      samples.set(name, await sides[name]());
    }
    rounds.push(Object.fromEntries(names.map((name) => [name, samples.get(name)])));
  }
  return rounds;
}

const WARM_UP_ROUNDS = 10;

/** The same for what an engine must have run before it is as fast as it will be. */
export async function measureWarmRounds(count, sides) {
  await measureRounds(WARM_UP_ROUNDS, sides);
  return measureRounds(count, sides);
}

/** One number of every sample. @template Sample @param {Round<Sample>[]} rounds @param {(sample: Sample) => number} toValue */
export const eachValue = (rounds, toValue) =>
  rounds.map((round) => mapSides(round, (name) => toValue(round[name])));

/** Some of the sides, under their names or others. @param {Round<number>[]} rounds @param {Record<string, string>} names new to old */
export const pickSides = (rounds, names) =>
  rounds.map((round) => Object.fromEntries(Object.entries(names).map(([name, old]) => [name, round[old]])));

/** One round with the sums of all: a middle would hide one loss in one of them. @param {Round<number>[]} rounds */
export const sumOfRounds = (rounds) => [
  mapSides(rounds[0], (name) => rounds.reduce((sum, round) => sum + round[name], 0)),
];

const mapSides = (round, toValue) =>
  Object.fromEntries(Object.keys(round).map((name) => [name, toValue(name)]));

/**
 * Measure two things in turns, the other one first in every second pair.
 *
 * @template Sample
 * @param {number} count how many pairs
 * @param {{ ours: () => Sample | Promise<Sample>, theirs: () => Sample | Promise<Sample> }} sides
 * @returns {Promise<{ ours: Sample, theirs: Sample }[]>}
 */
export async function alternate(count, { ours, theirs }) {
  const pairs = [];
  for (let index = 0; index < count; index += 1) {
    if (index % 2 === 0) pairs.push({ ours: await ours(), theirs: await theirs() });
    else pairs.push(swap({ ours: await theirs(), theirs: await ours() }));
  }
  return pairs;
}

const swap = ({ ours, theirs }) => ({ ours: theirs, theirs: ours });

/**
 * What many measurements of one thing say: the middle and how far the middle half spreads.
 *
 * @typedef {{ median: number, low: number, high: number, count: number }} Summary `low` and `high` are the quartiles
 */

/** @param {readonly number[]} values at least one @returns {Summary} in the unit of the values */
export function summarize(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return {
    median: quantile(sorted, 0.5),
    low: quantile(sorted, 0.25),
    high: quantile(sorted, 0.75),
    count: sorted.length,
  };
}

/**
 * Two things measured in turns: each pair gives one ratio, so that a slow moment of the machine, which strikes both
 * halves of a pair, cancels out.
 *
 * @typedef {{ ours: number, theirs: number }} Pair
 * @param {readonly Pair[]} pairs
 */
export function summarizePairs(pairs) {
  return { ...summarizeSides(pairs), ratio: summarize(pairs.map(({ ours, theirs }) => ours / theirs)) };
}

/** The same for what comes on top of theirs: each pair gives one difference. @param {readonly Pair[]} pairs */
export function summarizeDifferences(pairs) {
  return { ...summarizeSides(pairs), difference: summarize(pairs.map(({ ours, theirs }) => ours - theirs)) };
}

const summarizeSides = (pairs) => ({
  ours: summarize(pairs.map(({ ours }) => ours)),
  theirs: summarize(pairs.map(({ theirs }) => theirs)),
});

function quantile(sorted, fraction) {
  const position = fraction * (sorted.length - 1);
  const below = sorted[Math.floor(position)];
  const above = sorted[Math.ceil(position)];
  return below + (above - below) * (position - Math.floor(position));
}

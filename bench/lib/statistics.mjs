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

function quantile(sorted, fraction) {
  const position = fraction * (sorted.length - 1);
  const below = sorted[Math.floor(position)];
  const above = sorted[Math.ceil(position)];
  return below + (above - below) * (position - Math.floor(position));
}

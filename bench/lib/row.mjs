/**
 * One line of the result: what was measured, and what it must not exceed.
 *
 * @typedef {import('./statistics.mjs').Summary} Summary
 * @typedef {{
 *   subject: string,
 *   unit: string,
 *   ours: Summary,
 *   theirs?: Summary,
 *   ratio?: Summary,
 *   difference?: Summary,
 *   limit?: { of: 'ours' | 'ratio' | 'difference', atMost: number },
 * }} Row without a limit it is for information
 */

/** Whether the median keeps the limit; undefined where there is none. @param {Row} row */
export function isMet(row) {
  return row.limit && row[row.limit.of].median <= row.limit.atMost;
}

/** What the limit says in words: `ratio ≤ 0.5`, `≤ 100 ns`, `≤ +15 ms`. @param {Row} row */
export function limitText({ limit, unit }) {
  if (!limit) return '';
  switch (limit.of) {
    case 'ratio':
      return `ratio ≤ ${toText(limit.atMost)}`;
    case 'difference':
      return `≤ ${toSigned(limit.atMost)} ${unit}`;
    default:
      return `≤ ${toText(limit.atMost)} ${unit}`;
  }
}

/** How ours compares with theirs: their ratio, or what it is more, with a sign. @param {Row} row */
export function comparisonText({ ratio, difference }) {
  return difference ? summaryText(difference, toSigned) : summaryText(ratio);
}

/** The median, and the quartiles where they differ: `2.4 (2.1–2.9)`. @param {Summary} [summary] */
export function summaryText(summary, format = toText) {
  if (!summary) return '';
  const [median, low, high] = [summary.median, summary.low, summary.high].map((value) => format(value));
  return low === high ? median : `${median} (${low}–${high})`;
}

/** Three significant digits are all that a measurement on a shared machine is good for. */
function toText(value) {
  const rounded = Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3));
  return rounded.toLocaleString('en-US', { maximumFractionDigits: 4 });
}

const toSigned = (value) => (value > 0 ? `+${toText(value)}` : toText(value));

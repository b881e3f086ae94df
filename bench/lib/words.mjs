/** Numbers and limits in words, for tables and charts. */

/** Three significant digits are all that a measurement on a shared machine is good for. @param {number} value */
export function toText(value) {
  const rounded = Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3));
  return rounded.toLocaleString('en-US', { maximumFractionDigits: 4 });
}

/** The median, and the quartiles where they differ: `2.4 (2.1–2.9)`. @param {import('./statistics.mjs').Summary} [summary] */
export function summaryText(summary, format = toText) {
  if (!summary) return '';
  const [median, low, high] = [summary.median, summary.low, summary.high].map((value) => format(value));
  return low === high ? median : `${median} (${low}–${high})`;
}

/** What a goal compares with: `the figure itself`, `posthog-node`. @param {import('./figure.mjs').Goal} goal */
export const besideText = ({ to }) => to ?? 'the figure itself';

/** @param {import('./figure.mjs').Figure} figure @param {import('./figure.mjs').Figure['goals'][number]} goal */
export function measuredText({ unit }, { of, measured }) {
  switch (of) {
    case 'ratio':
      return `× ${summaryText(measured)}`;
    case 'difference':
      return `${summaryText(measured, toSigned)} ${unit}`;
    default:
      return `${summaryText(measured)} ${unit}`;
  }
}

/** `≤ × 2`, `≤ +15 ms`, `≥ × 0.9`; empty where there is none. */
export function limitText({ unit }, { of, atMost, atLeast }) {
  const limit = atMost ?? atLeast;
  if (limit === undefined) return '';
  const sign = atMost === undefined ? '≥' : '≤';
  switch (of) {
    case 'ratio':
      return `${sign} × ${toText(limit)}`;
    case 'difference':
      return `${sign} ${toSigned(limit)} ${unit}`;
    default:
      return `${sign} ${toText(limit)} ${unit}`;
  }
}

const toSigned = (value) => (value > 0 ? `+${toText(value)}` : toText(value));

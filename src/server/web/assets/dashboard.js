// @ts-check
import { canDraw, createChart, sizeOf, toDay, toDayText } from './charts.js';

/** The charts of the vendor's dashboard, drawn of the table that the server has made. Without this, its own drawings are shown. */

const COUNT = new Intl.NumberFormat('en-GB');
const SECONDS = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 });
/** As the server cuts it, never up. @param {number} share */
const toPercent = (share) => `${SECONDS.format(Math.floor(Number((share * 1_000).toFixed(6))) / 10)}%`;

/** Oldest first. */
const rows = [...document.querySelectorAll('[data-day]')].reverse();
const days = rows.map(toDay);
const gaps = rows.map((row) => !row.hasAttribute('data-successful'));

/** @param {string} name */
const valuesOf = (name) =>
  rows.map((row) => {
    const text = row.getAttribute(`data-${name}`);
    return text === null ? null : Number(text);
  });

const OUTCOMES = [
  { name: 'successful', label: 'successful' },
  { name: 'failed', label: 'failed' },
  { name: 'timeout', label: 'timed out' },
  { name: 'open', label: 'not ended' },
].map((outcome) => ({ ...outcome, counts: valuesOf(outcome.name) }));
const RATES = valuesOf('rate');
const PERCENTILES = [
  { name: 'p50', dash: [] },
  { name: 'p95', dash: [8, 4] },
  { name: 'p99', dash: [2, 4] },
].map((percentile) => ({ ...percentile, seconds: valuesOf(percentile.name) }));

/** By the place that each is drawn in. */
const CHARTS = {
  runs: {
    data: toPiles(OUTCOMES.map(({ counts }) => counts)),
    options: {
      series: OUTCOMES.map(({ name }) => ({ colour: `--chart-${name}`, isBar: true })).reverse(),
      toTop: (/** @type {number} */ largest) => Math.max(4, largest * 1.1),
    },
    say: (/** @type {number} */ day) =>
      OUTCOMES.map(({ label, counts }) => `${COUNT.format(counts[day] ?? 0)} ${label}`).join(', '),
  },
  rate: {
    data: [RATES],
    options: {
      series: [{ colour: '--chart-successful' }],
      toTop: () => 1,
      toText: toPercent,
      hasFractions: true,
    },
    say: (/** @type {number} */ day) => {
      const rate = RATES[day] ?? null;
      return rate === null ? 'no run ended' : `${toPercent(rate)} successful`;
    },
  },
  durations: {
    data: PERCENTILES.map(({ seconds }) => seconds),
    options: {
      series: PERCENTILES.map(({ name, dash }) => ({ colour: `--chart-${name}`, dash })),
      toTop: (/** @type {number} */ largest) => Math.max(1, largest * 1.1),
      toText: (/** @type {number} */ seconds) => `${SECONDS.format(seconds)} s`,
      hasFractions: true,
    },
    say: (/** @type {number} */ day) =>
      PERCENTILES.map(({ name, seconds }) => {
        const taken = seconds[day] ?? null;
        return `${name} ${taken === null ? 'not known' : `${SECONDS.format(taken)} s`}`;
      }).join(', '),
  },
};

/**
 * What lies on each other, from the whole pile to its ground: what is drawn later covers what was drawn before.
 *
 * @param {(number | null)[][]} parts
 */
function toPiles(parts) {
  const sums = parts.map((_part, upTo) =>
    rows.map((_row, day) => {
      const counts = parts.slice(0, upTo + 1).map((part) => part[day] ?? null);
      return counts.includes(null)
        ? null
        : counts.reduce((/** @type {number} */ sum, count) => sum + (count ?? 0), 0);
    }),
  );
  return sums.reverse();
}

/** @type {Map<Element, any>} */
const drawn = new Map();

function draw() {
  for (const [name, { data, options, say }] of Object.entries(CHARTS)) {
    const place = document.querySelector(`[data-chart=${name}]`);
    const readout = document.querySelector(`[data-readout=${name}]`);
    if (place === null || readout === null) continue;
    drawn.get(place)?.destroy();
    const onDay = (/** @type {number | null} */ day) => {
      readout.textContent =
        day === null ? '' : `${toDayText(days[day] ?? 0)}: ${gaps[day] ? 'no report' : say(day)}`;
    };
    drawn.set(place, createChart(place, [days, ...data], { ...options, gaps, onDay }));
  }
}

if (canDraw()) {
  document.documentElement.classList.add('has-script');
  draw();
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
  window.addEventListener('resize', () => {
    for (const [place, chart] of drawn) chart.setSize(sizeOf(place));
  });
}

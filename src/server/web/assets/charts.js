// @ts-check

/** Charts by day, as more than one page draws them: of what stands in a table, in the colours of the page. */

const HEIGHT = 220;
const DAY_SECONDS = 86_400;

/**
 * @typedef {object} Series
 * @property {string} colour - the name of a variable of the stylesheet
 * @property {boolean} [isBar] - a line otherwise
 * @property {number[]} [dash] - of a line
 */

/**
 * @typedef {object} ChartOptions
 * @property {Series[]} series - those of later ones lie over those before
 * @property {(largest: number) => number} toTop - the upper end of the axis
 * @property {(value: number) => string} [toText] - the numbers of the axis
 * @property {boolean} [hasFractions] - whether the axis counts in less than ones
 * @property {boolean[]} [gaps] - the days of which nothing is known
 * @property {(day: number | null) => void} [onDay] - told which day is pointed at, by its place in the data
 */

/** Whether the library that draws is there. */
export const canDraw = () => uPlotOf() !== undefined;

const uPlotOf = () => /** @type {any} */ (window).uPlot;

/**
 * The day that a row of a table is about, in seconds of Unix time.
 *
 * @param {Element} row
 */
export const toDay = (row) => Date.parse(`${row.getAttribute('data-day')}T00:00:00Z`) / 1_000;

/** @param {Element} place */
export const sizeOf = (place) => ({ width: Math.max(200, place.clientWidth), height: HEIGHT });

/**
 * @param {Element} place
 * @param {(number | null)[][]} data - the days, and for each series its values; null where there is none
 * @param {ChartOptions} options
 */
export function createChart(place, data, { series, toTop, toText, hasFractions = false, gaps = [], onDay }) {
  const uPlot = uPlotOf();
  const colours = getComputedStyle(document.documentElement);
  const colourOf = (/** @type {string} */ name) => colours.getPropertyValue(name).trim();
  const bars = uPlot.paths.bars({ size: [0.65, 28], radius: 0.15 });
  const axis = {
    stroke: colourOf('--muted'),
    font: '12px system-ui, sans-serif',
    grid: { show: false },
    ticks: { show: false },
  };
  const options = {
    ...sizeOf(place),
    tzDate: (/** @type {number} */ seconds) => uPlot.tzDate(new Date(seconds * 1_000), 'Etc/UTC'),
    legend: { show: false },
    cursor: {
      show: onDay !== undefined,
      y: false,
      points: { show: false },
      drag: { x: false, y: false },
    },
    scales: {
      x: {
        range: (/** @type {any} */ _chart, /** @type {number} */ min, /** @type {number} */ max) => [
          min - DAY_SECONDS / 2,
          max + DAY_SECONDS / 2,
        ],
      },
      y: {
        range: (/** @type {any} */ _chart, /** @type {number} */ _min, /** @type {number | null} */ max) => [
          0,
          toTop(max ?? 0),
        ],
      },
    },
    axes: [
      {
        ...axis,
        values: (/** @type {any} */ _chart, /** @type {number[]} */ splits) => splits.map(toDayText),
        space: 64,
        size: 30,
        incrs: [1, 2, 5, 7, 14, 28, 56].map((days) => days * DAY_SECONDS),
      },
      {
        ...axis,
        size: 56,
        incrs: stepsOf(hasFractions),
        ...(toText && {
          values: (/** @type {any} */ _chart, /** @type {number[]} */ splits) => splits.map(toText),
        }),
        grid: { show: true, stroke: colourOf('--line'), width: 1 },
      },
    ],
    series: [
      {},
      ...series.map(({ colour, isBar = false, dash }) =>
        isBar
          ? {
              fill: colourOf(colour),
              stroke: colourOf(colour),
              width: 0,
              paths: bars,
              points: { show: false },
            }
          : {
              stroke: colourOf(colour),
              width: 2,
              points: { size: 5, fill: colourOf(colour) },
              ...(dash && { dash }),
            },
      ),
    ],
    hooks: {
      drawClear: [
        (/** @type {any} */ chart) => shadeGaps(chart, data[0] ?? [], gaps, colourOf('--chart-gap')),
      ],
      setCursor: [(/** @type {any} */ chart) => onDay?.(chart.cursor.idx ?? null)],
    },
  };
  const chart = new uPlot(options, data, place);
  const [day = null, ...others] = data[0] ?? [];
  // The library makes a range of its own of a single value.
  if (day !== null && others.length === 0)
    chart.setScale('x', { min: day - DAY_SECONDS / 2, max: day + DAY_SECONDS / 2 });
  return chart;
}

/** @param {boolean} hasFractions */
function stepsOf(hasFractions) {
  const powers = Array.from({ length: 12 }, (_none, power) => 10 ** (power - (hasFractions ? 3 : 0)));
  return powers.flatMap((power) => [power, 2 * power, 5 * power]);
}

/**
 * @param {any} chart
 * @param {(number | null)[]} days
 * @param {boolean[]} gaps
 * @param {string} colour
 */
function shadeGaps(chart, days, gaps, colour) {
  const { ctx, bbox } = chart;
  ctx.save();
  ctx.fillStyle = colour;
  days.forEach((day, at) => {
    if (gaps[at] !== true || day === null) return;
    const left = chart.valToPos(day - DAY_SECONDS / 2, 'x', true);
    const right = chart.valToPos(day + DAY_SECONDS / 2, 'x', true);
    ctx.fillRect(left, bbox.top, right - left, bbox.height);
  });
  ctx.restore();
}

const DAY = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', day: 'numeric', month: 'short' });

/** @param {number} seconds */
export const toDayText = (seconds) => DAY.format(seconds * 1_000);

import { limitInUnit, SOTTO } from './figure.mjs';
import { limitText, summaryText } from './words.mjs';

const WIDTH = 900;
const LABEL_WIDTH = 190;
const VALUE_WIDTH = 200;
const BAR_WIDTH = WIDTH - LABEL_WIDTH - VALUE_WIDTH;
const TITLE_HEIGHT = 40;
const HEADING_HEIGHT = 30;
const BAR_HEIGHT = 14;
const STEP = 20;

/** Both themes are told in the file, as a picture in a page knows nothing of the page. */
const STYLE = `
text { font: 12px system-ui, sans-serif; fill: #1f2328; }
.title { font-size: 16px; font-weight: 600; }
.heading { font-weight: 600; }
.other { fill: #9aa4af; }
.sotto { fill: #1a7f64; }
.whisker { stroke: #1f2328; }
.limit { stroke: #cf222e; stroke-dasharray: 4 3; }
.limit-text { fill: #cf222e; font-size: 11px; }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3; }
  .other { fill: #6e7781; }
  .sotto { fill: #3fb68b; }
  .whisker { stroke: #e6edf3; }
  .limit { stroke: #ff7b72; }
  .limit-text { fill: #ff7b72; }
}`;

/**
 * The figures of a subject as horizontal bars: medians, quartiles as whiskers, limits as dashed lines. Each figure has a scale of
 * its own, from 0. That ours is less than another side is no line: the bars show it.
 *
 * @param {string} title
 * @param {readonly import('./figure.mjs').Figure[]} figures
 * @returns {string} an SVG document without scripts
 */
export function toSvg(title, figures) {
  let top = TITLE_HEIGHT;
  const groups = figures.map((figure) => {
    const group = drawFigure(figure, top);
    top += HEADING_HEIGHT + Object.keys(figure.sides).length * STEP + STEP;
    return group;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 ${WIDTH} ${top}" width="${WIDTH}" height="${top}">
<title>${escapeText(title)}</title>
<style>${STYLE}
</style>
<text class="title" x="8" y="24">${escapeText(title)}</text>
${groups.join('\n')}
</svg>
`;
}

function drawFigure(figure, top) {
  const limits = figure.goals
    .filter(({ of, atMost }) => of !== 'ratio' || atMost !== 1)
    .map((goal) => ({ goal, value: limitInUnit(figure, goal) }))
    .filter(({ value }) => value !== undefined);
  const sides = Object.entries(figure.sides);
  const largest = Math.max(...sides.map(([, { high }]) => high), ...limits.map(({ value }) => value), 0) || 1;
  const toX = (value) => round(LABEL_WIDTH + (Math.max(0, value) / largest) * BAR_WIDTH);
  const barsTop = top + HEADING_HEIGHT;
  const bars = sides.map(([name, summary], index) =>
    drawBar({ name, summary, unit: figure.unit, y: barsTop + index * STEP, toX }),
  );
  const lines = limits.map(({ goal, value }) =>
    drawLimit({
      text: `${limitText(figure, goal)} ${goal.to ?? ''}`,
      x: toX(value),
      y: barsTop,
      count: sides.length,
    }),
  );
  const heading = `<text class="heading" x="8" y="${top + 20}">${escapeText(`${figure.name}, ${figure.unit}`)}</text>`;
  return `<g>\n${[heading, ...bars, ...lines].join('\n')}\n</g>`;
}

function drawBar({ name, summary, unit, y, toX }) {
  const end = toX(summary.median);
  const [low, high, middle] = [toX(summary.low), toX(summary.high), y + BAR_HEIGHT / 2];
  const text = `${summaryText(summary)} ${unit}`;
  return `<text x="8" y="${y + 11}">${escapeText(name)}</text>
<rect class="${name === SOTTO ? 'sotto' : 'other'}" x="${LABEL_WIDTH}" y="${y}" width="${round(end - LABEL_WIDTH)}" height="${BAR_HEIGHT}"><title>${escapeText(`${name}: ${text}`)}</title></rect>
<line class="whisker" x1="${low}" x2="${high}" y1="${middle}" y2="${middle}"/>
<text x="${Math.max(end, high) + 6}" y="${y + 11}">${escapeText(text)}</text>`;
}

const drawLimit = ({ text, x, y, count }) =>
  `<line class="limit" x1="${x}" x2="${x}" y1="${y - 4}" y2="${y + count * STEP}"/>
<text class="limit-text" x="${Math.min(x, WIDTH - VALUE_WIDTH)}" y="${y + count * STEP + 11}">${escapeText(text.trim())}</text>`;

const round = (value) => Math.round(value * 10) / 10;

const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escapeText = (text) => text.replace(/[&<>"]/g, (character) => ENTITIES[character]);

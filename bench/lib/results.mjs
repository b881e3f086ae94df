import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { toSvg } from './chart.mjs';
import { toTables } from './table.mjs';

/**
 * @typedef {{ name: string, title: string, figures: import('./figure.mjs').Figure[], error?: string }} Subject
 * @typedef {{ date: string, isQuick: boolean, machine: object, subjects: Subject[] }} Results
 */

const fromBench = (path) => new URL(`../${path}`, import.meta.url);

const README = fromBench('README.md');
const BEGIN = '<!-- results: begin -->';
const END = '<!-- results: end -->';

/** Tables of all subjects, and what they were measured on. @param {Results} results */
export function toMarkdown({ date, machine, subjects }, { withCharts = false } = {}) {
  const { node, processors, processor, load } = machine;
  const measured = subjects.filter(({ figures }) => figures.length > 0);
  return [
    ...measured.map(({ name, title, figures }) =>
      [`### ${name}`, `${title}.`, ...(withCharts ? [chartLink(name, title)] : []), toTables(figures)].join(
        '\n\n',
      ),
    ),
    `Measured ${date.slice(0, 10)} on Node ${node}, ${processors} × ${processor}, load ${load.join(', ')}.`,
  ].join('\n\n');
}

const chartLink = (name, title) => `![${title}](charts/${name}.svg)`;

/** `results/results.json` and a chart of each subject: nothing of an earlier run stays. @param {Results} results */
export function writeResults(results) {
  rmSync(fromBench('results/'), { recursive: true, force: true });
  writeCharts(fromBench('results/'), results);
  writeFileSync(fromBench('results/results.json'), `${JSON.stringify(results, undefined, 2)}\n`);
}

/**
 * Tables into the README, between its two marks, and charts into `charts/`.
 *
 * @param {Results} results
 * @throws {Error} when a mark is missing
 */
export function publishResults(results) {
  const text = readFileSync(README, 'utf8');
  const [begin, end] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error('README.md has no place for results.');
  const markdown = toMarkdown(results, { withCharts: true });
  writeFileSync(README, `${text.slice(0, begin)}${BEGIN}\n\n${markdown}\n\n${text.slice(end)}`);
  rmSync(fromBench('charts/'), { recursive: true, force: true });
  writeCharts(fromBench('charts/'), results);
}

function writeCharts(folder, { subjects }) {
  mkdirSync(folder, { recursive: true });
  for (const { name, title, figures } of subjects)
    if (figures.length > 0) writeFileSync(new URL(`${name}.svg`, folder), toSvg(title, figures));
}

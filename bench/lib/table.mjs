import { isMet, partOfLimit } from './figure.mjs';
import { besideText, limitText, measuredText, summaryText, toText } from './words.mjs';

/**
 * The figures of a subject as two Markdown tables, padded so that they read in a terminal too: what each side took, and how ours
 * compares.
 *
 * @param {readonly import('./figure.mjs').Figure[]} figures
 */
export const toTables = (figures) => `${sidesTable(figures)}\n\n${goalsTable(figures)}`;

function sidesTable(figures) {
  const sides = [...new Set(figures.flatMap((figure) => Object.keys(figure.sides)))];
  return toMarkdown([
    ['figure', 'unit', ...sides],
    ...figures.map((figure) => [
      figure.name,
      figure.unit,
      ...sides.map((side) => summaryText(figure.sides[side])),
    ]),
  ]);
}

function goalsTable(figures) {
  return toMarkdown([
    ['figure', 'Sotto beside', 'measured', 'limit', 'part of it', 'met'],
    ...figures.flatMap((figure) => figure.goals.map((goal) => toGoalCells(figure, goal))),
  ]);
}

function toGoalCells(figure, goal) {
  const met = isMet(goal);
  const part = partOfLimit(goal);
  return [
    figure.name,
    besideText(goal),
    measuredText(figure, goal),
    limitText(figure, goal),
    part === undefined ? '' : toText(part),
    met === undefined ? '' : met ? 'yes' : 'NO',
  ];
}

function toMarkdown(lines) {
  const widths = lines[0].map((_, column) => Math.max(...lines.map((cells) => cells[column].length)));
  const rule = widths.map((width) => '-'.repeat(width));
  const [headings, ...body] = lines.map((cells) =>
    toLine(cells.map((cell, column) => cell.padEnd(widths[column]))),
  );
  return [headings, toLine(rule), ...body].join('\n');
}

const toLine = (cells) => `| ${cells.join(' | ')} |`;

import { comparisonText, isMet, limitText, summaryText } from './row.mjs';

const HEADINGS = ['subject', 'unit', 'ours', 'theirs', 'ratio or +', 'limit', 'met'];

/** The rows as a Markdown table, padded so that it reads in a terminal too. @param {readonly import('./row.mjs').Row[]} rows */
export function toMarkdown(rows) {
  const lines = [HEADINGS, ...rows.map(toCells)];
  const widths = HEADINGS.map((_, column) => Math.max(...lines.map((cells) => cells[column].length)));
  const rule = widths.map((width) => '-'.repeat(width));
  const [headings, ...body] = lines.map((cells) =>
    toLine(cells.map((cell, column) => cell.padEnd(widths[column]))),
  );
  return [headings, toLine(rule), ...body].join('\n');
}

function toCells(row) {
  const met = isMet(row);
  return [
    row.subject,
    row.unit,
    summaryText(row.ours),
    summaryText(row.theirs),
    comparisonText(row),
    limitText(row),
    met === undefined ? '' : met ? 'yes' : 'NO',
  ];
}

const toLine = (cells) => `| ${cells.join(' | ')} |`;

import { toPrintable } from './plain-text.js';

/** Something to know, and its name. */
export type Fact = readonly [label: string, value: string];

const GAP = 2;
const MIN_VALUE_WIDTH = 24;

/** Break a text at its spaces into lines of at most `width` characters; a longer word stands alone, uncut. */
export function wrapText(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}

/**
 * Facts below each other: names in one column, values in the next; on a narrow screen each value below its name.
 *
 * @param sections - set apart by empty lines; one without facts is left out
 * @param width - columns of the screen
 * @returns lines without the last line break
 */
export function formatFacts(sections: readonly (readonly Fact[])[], width: number): string {
  const labelWidth = Math.max(0, ...sections.flat().map(([label]) => label.length)) + GAP;
  const isNarrow = width - labelWidth - GAP < MIN_VALUE_WIDTH;
  const indent = ' '.repeat(isNarrow ? 2 * GAP : GAP + labelWidth);
  const formatFact = ([label, value]: Fact) => {
    const lines = wrapText(toPrintable(value), Math.max(width - indent.length, 1));
    const head = ' '.repeat(GAP) + (isNarrow ? `${label}\n${indent}` : label.padEnd(labelWidth));
    return head + lines.join(`\n${indent}`);
  };
  return sections
    .filter((facts) => facts.length > 0)
    .map((facts) => facts.map(formatFact).join('\n'))
    .join('\n\n');
}

import { toPrintable } from '../plain-text.js';

/** What Markdown and HTML take for more than a character. An underscore inside a word is none. */
const SPECIAL = /[\\`*[\]|<>]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu;

const ENTITIES: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;' };

/** A text that others had a hand in, as mere words of a paragraph or a cell. */
export function toWords(text: string): string {
  return toPrintable(text).replaceAll(SPECIAL, (character) => ENTITIES[character] ?? `\\${character}`);
}

/** A text as code, also in a cell. */
export function toCode(text: string): string {
  const shown = toPrintable(text).replaceAll('|', '\\|');
  if (!shown.includes('`')) return `\`${shown}\``;
  const longest = Math.max(...(shown.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  return `${fence} ${shown} ${fence}`;
}

/** A table of cells that are Markdown already. Every row has a cell for each heading. */
export function toTable(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(headings), `|${' --- |'.repeat(headings.length)}`, ...rows.map(line)].join('\n');
}

export const toList = (items: readonly string[]) => items.map((item) => `- ${item}`).join('\n');

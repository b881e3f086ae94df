/** A Markdown table. Every row has a cell for each heading. */
export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(escapeCell).join(' | ')} |`;
  return [line(headings), `|${' --- |'.repeat(headings.length)}`, ...rows.map(line)].join('\n');
}

export function codeBlock(language: string, content: string): string {
  return `\`\`\`${language}\n${content.trimEnd()}\n\`\`\``;
}

export const code = (text: string) => `\`${text}\``;

const escapeCell = (text: string) => text.replaceAll('|', '\\|');

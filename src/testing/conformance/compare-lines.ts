const MAX_SHOWN = 3;
const MAX_LENGTH = 160;

/**
 * How one text differs from another, in a few words.
 *
 * @param ignored - lines that match are left out of both
 * @returns undefined where it does not
 */
export function describeDifference(
  text: string,
  expected: string,
  ignored: RegExp | undefined,
): string | undefined {
  const [lines, others] = [toLines(text, ignored), toLines(expected, ignored)];
  if (lines.join('\n') === others.join('\n')) return undefined;
  const parts = [describe('more', without(lines, others)), describe('missing', without(others, lines))];
  const said = parts.filter((part) => part !== undefined).join('; ');
  return said === '' ? 'the same lines in another order or number' : said;
}

/** Lines that do not stand in all of some texts. */
export function unstableLines(texts: readonly string[], ignored: RegExp | undefined): readonly string[] {
  const all = texts.map((text) => toLines(text, ignored));
  return [...new Set(all.flat())].filter((line) => !all.every((lines) => lines.includes(line)));
}

function toLines(text: string, ignored: RegExp | undefined): readonly string[] {
  const lines = text.split('\n');
  return ignored === undefined ? lines : lines.filter((line) => !ignored.test(line));
}

const without = (lines: readonly string[], others: readonly string[]) =>
  lines.filter((line) => !others.includes(line));

function describe(kind: string, lines: readonly string[]): string | undefined {
  if (lines.length === 0) return undefined;
  const shown = lines.slice(0, MAX_SHOWN).map((line) => JSON.stringify(line.slice(0, MAX_LENGTH)));
  const rest = lines.length > MAX_SHOWN ? `, and ${lines.length - MAX_SHOWN} others` : '';
  return `${kind}: ${shown.join(', ')}${rest}`;
}

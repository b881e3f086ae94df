import type { TextStyle } from '../consent/dialogue/index.js';
import type { Output } from './io.js';
import { toAscii, toJson, toPrintable } from './plain-text.js';

/** Writes lines for a person, in the way their terminal can show them. Only bold and dim letters steer the terminal. */
export interface Writer {
  readonly style: TextStyle;
  /** Columns to fill. */
  readonly width: number;
  readonly isTerminal: boolean;
  /** What a line starts with that tells of something done. */
  readonly tick: string;
  bold(text: string): string;
  dim(text: string): string;
  /** One line, whatever the text holds; without anything an empty one. */
  line(text?: string): void;
  /** A text that is laid out in lines: what others had a hand in is {@link toPrintable} in it already. */
  lines(text: string): void;
  /** A value as JSON, laid out. */
  json(value: unknown): void;
  /** Exactly this: for programs to read, or a part of a line. */
  raw(text: string): void;
}

const ESCAPE = '\u001b';

/** Bold, dim, and neither of them. */
const OUR_STYLING = new RegExp(`(${ESCAPE}\\[(?:1|2|22)m)`);

/** A writer onto a stream that is shown in this style. */
export function createWriter(output: Output, style: TextStyle): Writer {
  const styled = (start: number) => (text: string) =>
    style.color ? `${ESCAPE}[${start}m${text}${ESCAPE}[22m` : text;
  // Every second part is what the pattern matched.
  const toShown = (text: string) =>
    text
      .split(OUR_STYLING)
      .map((part, index) => (style.color && index % 2 === 1 ? part : toPrintable(part)))
      .join('');
  const write = (lines: readonly string[]) => {
    const shown = lines.map(toShown).join('\n');
    output.write(`${style.unicode ? shown : toAscii(shown)}\n`);
  };
  return {
    style,
    width: style.width,
    isTerminal: output.isTTY === true,
    tick: style.unicode ? '✓ ' : '',
    bold: styled(1),
    dim: styled(2),
    line: (text = '') => write([text]),
    lines: (text) => write(text.split('\n')),
    json: (value) => {
      output.write(`${toJson(value, 2)}\n`);
    },
    raw: (text) => {
      output.write(text);
    },
  };
}

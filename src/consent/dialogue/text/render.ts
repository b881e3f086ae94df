import type { ConsentText, TextSection } from './consent-text.js';
import { toPlainText } from './plain-text.js';
import type { TextStyle } from './style.js';

const BOLD = ['\u001b[1m', '\u001b[22m'] as const;

/** The notice, or everything before the question. Ends with a line break. */
export function renderText(text: ConsentText, style: TextStyle): string {
  const closing = text.closing === undefined ? [] : ['', ...wrap(text.closing, style.width)];
  return lines(
    ...heading(text.heading, style),
    ...wrap(text.intro, style.width),
    ...renderSections(text.sections, style),
    ...closing,
  );
}

/** The answer to "more info". Ends with a line break. */
export function renderDetails({ details }: ConsentText, style: TextStyle): string {
  return lines(...renderSections(details, style).slice(1));
}

/** One line of the conversation, wrapped. Ends with a line break. */
export function renderLine(text: string, style: TextStyle): string {
  return lines(...wrap(text, style.width));
}

function renderSections(sections: readonly TextSection[], style: TextStyle): string[] {
  const bullet = style.unicode ? '\u2022' : '*';
  return sections.flatMap(({ title, items }) => [
    '',
    ...heading(title, style),
    ...items.flatMap((item) =>
      wrap(item, style.width - 4).map((line, index) => `  ${index === 0 ? bullet : ' '} ${line}`),
    ),
  ]);
}

function heading(text: string, { width, color }: TextStyle): string[] {
  const [on, off] = color ? BOLD : ['', ''];
  return wrap(text, width).map((line) => `${on}${line}${off}`);
}

/** At white space only: a command or an address that is cut in two cannot be copied. */
function wrap(text: string, width: number): string[] {
  const wrapped: string[] = [];
  let line = '';
  for (const word of toPlainText(text).split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && [...longer].length > width) {
      wrapped.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  return [...wrapped, line];
}

const lines = (...all: readonly string[]) => `${all.join('\n')}\n`;

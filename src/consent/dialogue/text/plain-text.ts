import { stripVTControlCharacters } from 'node:util';

/** Format characters but for the joiner that emoji are made with: some of them change the direction of what follows. */
const INVISIBLE = /(?!\u200d)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** A text that cannot do anything to a terminal: one line, without escape sequences or other invisible characters. */
export function toPlainText(text: string): string {
  const visible = stripVTControlCharacters(text).replace(/\s/gu, ' ').replace(INVISIBLE, '');
  return visible.replace(/ +/g, ' ').trim();
}

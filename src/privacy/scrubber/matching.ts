const SLASH = '/'.charCodeAt(0);
const BLANK = ' '.charCodeAt(0);

/** Visit the matches of a `g` pattern. `matchAll` would copy the pattern each time. */
export function forEachMatch(pattern: RegExp, text: string, visit: (match: RegExpExecArray) => void): void {
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const resumeAt = pattern.lastIndex;
    visit(match);
    pattern.lastIndex = match[0] === '' ? resumeAt + 1 : resumeAt;
  }
}

/** Where a sticky (`y`) pattern that matches at `from` ends; `undefined` if it does not match there. */
export function matchEnd(pattern: RegExp, text: string, from: number): number | undefined {
  pattern.lastIndex = from;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}

const MAX_AUTHORITY = 256;
const SPACE = /\s/;

/**
 * Whether `index` lies between the `://` and the first `/` of a URL, where only the URL rule tells users, passwords and
 * hosts apart.
 */
export function isInAuthority(text: string, index: number): boolean {
  const first = Math.max(0, index - MAX_AUTHORITY);
  for (let place = index - 1; place >= first; place -= 1) {
    const code = text.charCodeAt(place);
    if (code === SLASH) return place - 2 >= first && text.startsWith('://', place - 2);
    if ((code <= BLANK || code > 127) && SPACE.test(text[place]!)) return false;
  }
  return false;
}

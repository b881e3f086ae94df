/** Visit the matches of a `g` pattern that never matches the empty string. `matchAll` would copy the pattern each time. */
export function forEachMatch(pattern: RegExp, text: string, visit: (match: RegExpExecArray) => void): void {
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const resumeAt = pattern.lastIndex;
    visit(match);
    pattern.lastIndex = resumeAt;
  }
}

/** Where a sticky (`y`) pattern that matches at `from` ends; `undefined` if it does not match there. */
export function matchEnd(pattern: RegExp, text: string, from: number): number | undefined {
  pattern.lastIndex = from;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}

/**
 * Whether `index` lies between the `://` and the first `/` of a URL, where only the URL rule tells users, passwords and
 * hosts apart.
 */
export function isInAuthority(text: string, index: number): boolean {
  return /:\/\/[^\s/]*$/.test(text.slice(Math.max(0, index - 256), index));
}

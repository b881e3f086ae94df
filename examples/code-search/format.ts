/** Shows matches laid out in columns, one per line, so that a person and a pipe can both read them. */
import { printable } from './preview.js';
import type { SearchMatch } from './search.js';

/** Longer locations push their own line to the right instead of everybody's. */
const MAX_LOCATION = 48;

/** `path:line  score  match type  preview`, a line each with a line feed; empty without matches. */
export function formatMatches(matches: readonly SearchMatch[]): string {
  const locations = matches.map((match) => `${printable(match.path)}:${match.line}`);
  const width = Math.min(MAX_LOCATION, Math.max(0, ...locations.map((location) => location.length)));
  return matches
    .map(({ score, matchType, preview }, row) => {
      const location = (locations[row] ?? '').padEnd(width);
      return `${location}  ${score.toFixed(2)}  ${matchType.padEnd('definition'.length)}  ${preview}`.trimEnd();
    })
    .map((line) => `${line}\n`)
    .join('');
}

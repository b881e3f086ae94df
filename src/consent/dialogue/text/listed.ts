const MAX_LISTED = 6;

/** `a, b, c and 4 more`; each word once. */
export function listed(words: readonly string[], max = MAX_LISTED): string {
  const all = [...new Set(words)];
  const shown = all.slice(0, max).join(', ');
  return all.length > max ? `${shown} and ${all.length - max} more` : shown;
}

export const plural = (word: string, count: number) => (count === 1 ? word : `${word}s`);

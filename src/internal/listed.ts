/** `a, b, c and 4 more`. @param max - how many are named */
export function listed(words: readonly (string | number | boolean)[], max: number): string {
  const shown = words.slice(0, max).join(', ');
  return words.length > max ? `${shown} and ${words.length - max} more` : shown;
}

type LabelOf<Row, Key extends keyof Row> = Exclude<Row[Key], null> & string;

/** How many runs each label has. Rows without one are left out. */
export function sumBy<Row extends { readonly runs: number }, Key extends keyof Row>(
  rows: readonly Row[],
  key: Key,
): Map<LabelOf<Row, Key>, number> {
  const sums = new Map<LabelOf<Row, Key>, number>();
  for (const row of rows) {
    const label = row[key];
    if (label === null) continue;
    sums.set(label as LabelOf<Row, Key>, (sums.get(label as LabelOf<Row, Key>) ?? 0) + row.runs);
  }
  return sums;
}

/**
 * Count labels with fewer than `minGroup` runs as `other`. Pure; the sum stays what it was.
 *
 * @returns largest first, equal ones by label
 * @remarks `other` itself may be smaller than `minGroup`, and then says only that something rare happened.
 */
export function foldSmallGroups<Label extends string>(
  groups: ReadonlyMap<Label, number>,
  minGroup: number,
): [Label | 'other', number][] {
  const folded = new Map<Label | 'other', number>();
  for (const [label, runs] of groups) {
    const name = runs < minGroup ? 'other' : label;
    folded.set(name, (folded.get(name) ?? 0) + runs);
  }
  return [...folded].sort(([a, runsOfA], [b, runsOfB]) => runsOfB - runsOfA || (a < b ? -1 : 1));
}

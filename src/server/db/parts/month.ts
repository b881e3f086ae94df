/** A month in UTC, counted from the year 0. */
export type Month = number;

export function monthOf(timeMs: number): Month {
  const date = new Date(timeMs);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

/** The month's first moment, as a `timestamptz` is written: `2026-11-01 00:00:00+00`. */
export const startOf = (month: Month): string => `${spellMonth(month)}-01 00:00:00+00`;

/** As in `2026-11`. */
export function spellMonth(month: Month): string {
  const year = String(Math.floor(month / 12)).padStart(4, '0');
  return `${year}-${String((month % 12) + 1).padStart(2, '0')}`;
}

/** @returns undefined for what {@link spellMonth} does not write */
export function parseMonth(text: string): Month | undefined {
  const [, year, month] = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(text) ?? [];
  return year === undefined || month === undefined ? undefined : Number(year) * 12 + Number(month) - 1;
}

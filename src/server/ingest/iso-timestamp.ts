const ISO_TIMESTAMP =
  /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.\d{1,9})?(?:Z|[+-](?:[01]\d|2[0-3]):?[0-5]\d)$/;

/**
 * Whether a string is an ISO 8601 date and time with an offset, such as `2025-03-01T12:00:00.000Z`.
 * Times that no clock shows are refused: February 30th, 24:00, leap seconds.
 */
export function isIsoTimestamp(text: string): boolean {
  const fields = ISO_TIMESTAMP.exec(text)?.slice(1, 7).map(Number);
  if (fields === undefined) return false;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = fields;
  return isCalendarDay(year, month, day) && hour < 24 && minute < 60 && second < 60;
}

function isCalendarDay(year: number, month: number, day: number): boolean {
  // Date.UTC reads the years 0 to 99 as 1900 to 1999; setUTCFullYear does not.
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  // A day or a month that does not exist comes out in another month.
  return date.getUTCMonth() === month - 1;
}

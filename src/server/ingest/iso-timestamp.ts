const ISO_TIMESTAMP =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?(?:Z|[+-](?:[01]\d|2[0-3]):?[0-5]\d)$/;

/**
 * Whether a string is an ISO 8601 date and time with an offset, such as `2025-03-01T12:00:00.000Z`.
 * Times that no clock shows are refused: February 30th, 24:00, leap seconds.
 */
export function isIsoTimestamp(text: string): boolean {
  return ISO_TIMESTAMP.test(text) && isCalendarDay(text.slice(0, 10));
}

/** @param date - such as `2025-03-01`, with a month that there is and a day up to 31 */
function isCalendarDay(date: string): boolean {
  // Every month has that many.
  if (Number(date.slice(8)) <= 28) return true;
  // Date.UTC reads the years 0 to 99 as 1900 to 1999; setUTCFullYear does not.
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  const moment = new Date(0);
  moment.setUTCFullYear(year, month - 1, day);
  // A day that does not exist comes out in another month.
  return moment.getUTCMonth() === month - 1;
}

const FORMAT = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'UTC',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

/** A moment in UTC, to the second: `11 Jan 2026, 19:05:21 UTC`. Text that is no moment is shown as it is. */
export function TimeUtc({ iso }: { readonly iso: string }) {
  const timeMs = Date.parse(iso);
  // Other texts may be taken for a moment, too.
  if (!/^\d{4}-\d\d-\d\dT/.test(iso) || Number.isNaN(timeMs)) return <span>{iso}</span>;
  return <time datetime={iso}>{`${FORMAT.format(timeMs)} UTC`}</time>;
}

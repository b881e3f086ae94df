/**
 * Why a change was not made. Nothing is claimed about what holds: the page around it shows that.
 *
 * @param status - of the answer to the change
 * @param changedBy - who changed it last, as far as that is known
 */
export function toNotice(status: number, changedBy: string | null | undefined): string {
  switch (status) {
    case 403:
      return 'Your token may look and not change. Nothing was changed.';
    case 404:
      return 'The service does not know this organisation any more. Nothing was changed.';
    case 409:
      return 'The operator has stopped telemetry for every organisation. Nothing was switched on.';
    case 412:
      return `${changedBy ?? 'Somebody else'} has changed it meanwhile. This is what holds now. Your change was not made.`;
    case 429:
      return 'Too many requests. Nothing was changed: wait a moment, and try again.';
    default:
      return 'The change could not be saved. This is what holds as far as it is known; try again in a moment.';
  }
}

const WHOLE = new Intl.NumberFormat('en-GB');
const TENTHS = new Intl.NumberFormat('en-GB', { minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** `12,345` */
export const formatCount = (count: number): string => WHOLE.format(count);

/** `85.2 s`, or a dash where there is none. */
export const formatSeconds = (seconds: number | undefined): string =>
  seconds === undefined ? '–' : `${TENTHS.format(seconds)} s`;

/** `94.6%`: never rounded up, so that 100.0% are all of them. A dash where there is none. */
export function formatShare(share: number | undefined): string {
  // Twice: 0.29 are 28.999999999999996 hundredths.
  return share === undefined ? '–' : `${TENTHS.format(Math.floor(Number((share * 1_000).toFixed(6))) / 10)}%`;
}

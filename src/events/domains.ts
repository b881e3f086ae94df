import { type Domain, integer, number, oneOf, pattern, RELEASE } from '../privacy/index.js';
import { OTHER } from './vocabulary.js';

/** The bounded types that the built-in events share. Their bounds are generous for a tool and useless as identifiers. */

const BILLION = 1_000_000_000;
const DAY_MS = 86_400_000;
const YEAR_SECONDS = 31_622_400;

/** How many of something. */
export const howMany = integer({ min: 0, max: BILLION });

/** A part of a whole, 0 to 1, three decimals. */
export const share = number({ min: 0, max: 1, decimals: 3 });

/** A duration in milliseconds, two decimals, at most a day. */
export const milliseconds = number({ min: 0, max: DAY_MS, decimals: 2 });

/** A duration in seconds, two decimals, at most a year. */
export const seconds = number({ min: 0, max: YEAR_SECONDS, decimals: 2 });

/** A relevance score of any ranking, three decimals. */
export const score = number({ min: -1_000_000, max: 1_000_000, decimals: 3 });

/** An amount of money in US dollars, four decimals. */
export const usd = number({ min: -BILLION, max: BILLION, decimals: 4 });

/** A release such as `1.4.0` or `2.0.0-beta.1`; build metadata can carry anything and is not accepted. */
export const version = (): Domain<string> => pattern(new RegExp(`^${RELEASE}$`));

/** One of a vocabulary; any other string leaves as `other`. */
export const oneOfOrOther = <const Label extends string>(
  labels: readonly Label[],
): Domain<Label | (string & {})> => oneOf(...labels).or(OTHER);

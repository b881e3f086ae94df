import { ConfigError } from '../../internal/index.js';
import { toUtcText } from '../json.js';
import type { Domain } from './domain.js';

/** How much of a date remains, coarsest first. */
export const DATE_BUCKETS = ['year', 'month', 'day', 'hour'] as const;
export type DateBucket = (typeof DATE_BUCKETS)[number];

const LENGTH: Record<DateBucket, number> = { year: 4, month: 7, day: 10, hour: 13 };

const EXAMPLE = '2026-01-31T12';

/** Years outside 0 to 9999 are written with a sign and six digits. */
const CALENDAR_DATE = /^\d{4}-/;

export interface DateBucketDomain extends Domain<Date> {
  readonly kind: 'date_bucket';
  readonly bucket: DateBucket;
}

/**
 * A date cut down to its UTC year, month, day or hour: `2026-11`, `2026-11-21`, `2026-11-21T08`.
 *
 * @throws {ConfigError} `PLAIN_UNBOUNDED` for any finer or unknown bucket
 */
export function dateBucket(bucket: DateBucket): Domain<Date> {
  if (!DATE_BUCKETS.includes(bucket)) {
    throw new ConfigError('PLAIN_UNBOUNDED', `A date bucket is one of ${DATE_BUCKETS.join(', ')}.`);
  }
  const domain: DateBucketDomain = {
    kind: 'date_bucket',
    bucket,
    description: `the UTC ${bucket} of a date`,
    encode(value) {
      const text = value instanceof Date ? toUtcText(value) : null;
      return text !== null && CALENDAR_DATE.test(text) ? text.slice(0, LENGTH[bucket]) : undefined;
    },
    isWithin: (other) =>
      other.kind === 'date_bucket' &&
      DATE_BUCKETS.indexOf(bucket) <= DATE_BUCKETS.indexOf((other as DateBucketDomain).bucket),
    example: () => EXAMPLE.slice(0, LENGTH[bucket]),
  };
  return domain;
}

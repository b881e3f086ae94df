import type { Domain } from './domain.js';

/** How much of a date remains, coarsest first. */
const BUCKETS = ['year', 'month', 'day', 'hour'] as const;
export type DateBucket = (typeof BUCKETS)[number];

const LENGTH: Record<DateBucket, number> = { year: 4, month: 7, day: 10, hour: 13 };

interface DateBucketDomain extends Domain<Date> {
  readonly kind: 'date_bucket';
  readonly bucket: DateBucket;
}

/** A date cut down to its UTC year, month, day or hour: `2026-11`, `2026-11-21`, `2026-11-21T08`. */
export function dateBucket(bucket: DateBucket): Domain<Date> {
  const domain: DateBucketDomain = {
    kind: 'date_bucket',
    bucket,
    description: `the UTC ${bucket} of a date`,
    encode(value) {
      const isCalendarDate =
        value instanceof Date && value.getUTCFullYear() >= 0 && value.getUTCFullYear() <= 9999;
      return isCalendarDate ? value.toISOString().slice(0, LENGTH[bucket]) : undefined;
    },
    isWithin: (other) =>
      other.kind === 'date_bucket' &&
      BUCKETS.indexOf(bucket) <= BUCKETS.indexOf((other as DateBucketDomain).bucket),
  };
  return domain;
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createHistogram, type Histogram, type HistogramJson } from '../../../../src/events/index.js';

/** Whole numbers, whose sums are exact in any order. */
const wholes = fc.array(fc.nat({ max: 1_000_000_000 }), { maxLength: 60 });

/** Anything that may be measured, over the whole range of floating point numbers. */
const measured = fc.oneof(
  fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }),
  fc.double({ min: 0.001, max: 100_000, noNaN: true }),
);

function histogramOf(values: readonly number[]): Histogram {
  const histogram = createHistogram();
  for (const value of values) histogram.record(value);
  return histogram;
}

function merged(...parts: readonly HistogramJson[]): HistogramJson {
  const histogram = createHistogram();
  for (const part of parts) histogram.merge(part);
  return histogram.toJson();
}

describe('a histogram', () => {
  it('says nothing of no values', () => {
    expect(createHistogram().toJson()).toEqual({
      count: 0, sum: 0, min: null, max: null, scale: 0, zero_count: 0, offset: 0, bucket_counts: [], p50: null, p95: null, p99: null,
    }); // biome-ignore format: one table
  });

  it('counts zeros apart', () => {
    expect(histogramOf([0, 0, 8]).toJson()).toMatchObject({ count: 3, sum: 8, min: 0, max: 8, zero_count: 2, p50: 0, p99: 8 });
  }); // biome-ignore format: one row

  it.each([-1, -Number.MIN_VALUE, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])('refuses %d', (value) => {
    const histogram = histogramOf([1]);
    const before = histogram.toJson();
    expect(histogram.record(value)).toBe(false);
    expect(histogram.toJson()).toEqual(before);
  }); // biome-ignore format: one row

  it('has the buckets of OpenTelemetry: above the lower bound, up to and including the upper one', () => {
    // At scale 3 a power of two closes every eighth bucket.
    const { scale, offset, bucket_counts } = histogramOf([1, 2 ** 10, 2 ** 19]).toJson();
    expect({ scale, offset }).toEqual({ scale: 3, offset: -1 });
    const filled = bucket_counts.flatMap((count, position) => (count > 0 ? [offset + position] : []));
    expect(filled).toEqual([-1, 8 * 10 - 1, 8 * 19 - 1]);
  });

  it.each(Array.from({ length: 2_098 }, (_, step) => step - 1_074).filter((power) => power % 97 === 0))(
    'puts 2 to the power of %d into the bucket that ends there',
    (power) => {
      const histogram = histogramOf([2 ** power]);
      expect(histogram.toJson().offset).toBe(power * 2 ** 20 - 1);
    },
  );

  it('never has more than 160 buckets, and none beyond its first and last values', () => {
    fc.assert(
      fc.property(fc.array(measured, { maxLength: 80 }), (values) => {
        const { bucket_counts, count, zero_count } = histogramOf(values).toJson();
        expect(bucket_counts.length).toBeLessThanOrEqual(160);
        expect(bucket_counts.reduce((sum, each) => sum + each, 0) + zero_count).toBe(count);
        if (bucket_counts.length > 0) expect(bucket_counts[0]! * bucket_counts.at(-1)!).toBeGreaterThan(0);
      }),
    );
  });

  it('makes one bucket of two only when there would be more than 160', () => {
    const { scale, bucket_counts } = histogramOf([1.05, 2 ** 20]).toJson();
    expect([scale, bucket_counts.length]).toEqual([3, 160]);
    expect(histogramOf([1, 2 ** 20]).toJson()).toMatchObject({ scale: 2, offset: -1 });
  });

  it('has quantiles within its stated relative error', () => {
    const quantile = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.array(measured, { minLength: 1, maxLength: 80 }), quantile, (values, q) => {
        const histogram = histogramOf(values);
        const exact = [...values].sort((a, b) => a - b)[Math.max(1, Math.ceil(q * values.length)) - 1]!;
        // Beside the smallest numbers that there are, there is none within a few per cent.
        const tolerance = exact * histogram.relativeError * (1 + 1e-9) + Number.MIN_VALUE;
        expect(Math.abs(histogram.quantile(q)! - exact)).toBeLessThanOrEqual(tolerance);
      }),
    );
  });

  it('is off by 4.4 % at most for values from one to half a million', () => {
    const histogram = histogramOf(Array.from({ length: 1_000 }, (_, step) => 500_000 ** (step / 999)));
    expect(histogram.relativeError).toBeLessThan(0.044);
    expect(histogram.toJson().scale).toBe(3);
  });

  it('merged from parts is the histogram of everything', () => {
    fc.assert(
      fc.property(fc.array(wholes, { maxLength: 5 }), (parts) => {
        expect(merged(...parts.map((part) => histogramOf(part).toJson()))).toEqual(
          histogramOf(parts.flat()).toJson(),
        );
      }),
    );
  });

  it('is merged to the same in any order and grouping', () => {
    fc.assert(
      fc.property(wholes, wholes, wholes, (...values) => {
        const [a, b, c] = values.map((each) => histogramOf(each).toJson()) as [HistogramJson, HistogramJson, HistogramJson];
        expect(merged(a, b)).toEqual(merged(b, a));
        expect(merged(merged(a, b), c)).toEqual(merged(a, merged(b, c)));
      }),
    ); // biome-ignore format: one row
  });

  it('survives JSON', () => {
    fc.assert(
      fc.property(fc.array(measured, { maxLength: 40 }), (values) => {
        const json = histogramOf(values).toJson();
        expect(merged(JSON.parse(JSON.stringify(json)) as HistogramJson)).toEqual(json);
      }),
    );
  });
});

/** As OpenTelemetry's default. */
const MAX_BUCKETS = 160;

/** A million buckets per doubling, as OpenTelemetry's default: any histogram of one value starts there. */
const MAX_SCALE = 20;

/** A histogram as plain data, in the terms of OpenTelemetry's exponential histograms. */
export interface HistogramJson {
  readonly count: number;
  readonly sum: number;
  /** Null, as the quantiles are, when nothing was recorded. */
  readonly min: number | null;
  readonly max: number | null;
  /** Bucket `i` holds values above `base ** i`, up to and including `base ** (i + 1)`; `base` is `2 ** (2 ** -scale)`. */
  readonly scale: number;
  /** Values that are zero. */
  readonly zero_count: number;
  /** Index of the first of the buckets. */
  readonly offset: number;
  /** At most 160 counts, without gaps. */
  readonly bucket_counts: readonly number[];
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
}

/** The part of a histogram that is measured, without what is computed from it. */
export type HistogramData = Omit<HistogramJson, 'p50' | 'p95' | 'p99'>;

/**
 * A histogram that can be merged: OpenTelemetry's exponential histogram with 160 buckets. Merging is commutative and
 * associative, and gives the buckets that recording every value in one place would have given (sums may differ in the last
 * bit, as sums of floating point numbers do).
 */
export interface Histogram {
  /** @returns false, and nothing is recorded, for a value that is negative or not finite */
  record(value: number): boolean;
  merge(other: HistogramData): void;
  /**
   * The value that a share `q` (0 to 1) of the recorded values does not exceed, by nearest rank; null without values.
   *
   * Off by at most {@link relativeError} of that value.
   */
  quantile(q: number): number | null;
  /** 4.4 % while the largest value is up to half a million times the smallest above zero, and less for a narrower spread. */
  readonly relativeError: number;
  toJson(): HistogramJson;
}

/** @returns an empty histogram */
export function createHistogram(): Histogram {
  return new ExponentialHistogram();
}

class ExponentialHistogram implements Histogram {
  #count = 0;
  #sum = 0;
  #min = Number.POSITIVE_INFINITY;
  #max = 0;
  #zeroCount = 0;
  #scale = MAX_SCALE;
  #buckets = new Map<number, number>();
  #first = Number.POSITIVE_INFINITY;
  #last = Number.NEGATIVE_INFINITY;

  record(value: number): boolean {
    if (!Number.isFinite(value) || value < 0) return false;
    this.#count += 1;
    this.#sum = addUp(this.#sum, value);
    this.#min = Math.min(this.#min, value);
    this.#max = Math.max(this.#max, value);
    if (value === 0) this.#zeroCount += 1;
    else this.#add(indexAt(this.#scale, value), this.#scale, 1);
    return true;
  }

  merge(other: HistogramData): void {
    this.#count += other.count;
    this.#sum = addUp(this.#sum, other.sum);
    this.#min = Math.min(this.#min, other.min ?? Number.POSITIVE_INFINITY);
    this.#max = Math.max(this.#max, other.max ?? 0);
    this.#zeroCount += other.zero_count;
    for (const [position, count] of other.bucket_counts.entries())
      if (count > 0) this.#add(other.offset + position, other.scale, count);
  }

  quantile(q: number): number | null {
    if (this.#count === 0) return null;
    const rank = Math.max(1, Math.ceil(q * this.#count));
    if (rank === this.#count) return this.#max;
    let seen = this.#zeroCount;
    if (rank <= seen) return 0;
    for (const [index, count] of this.#inOrder()) {
      seen += count;
      if (rank <= seen) return this.#valueOf(index);
    }
    return this.#max;
  }

  get relativeError(): number {
    const base = 2 ** (2 ** -this.#scale);
    return (base - 1) / (base + 1);
  }

  toJson(): HistogramJson {
    const isEmpty = this.#buckets.size === 0;
    return {
      count: this.#count,
      sum: this.#sum,
      min: this.#count === 0 ? null : this.#min,
      max: this.#count === 0 ? null : this.#max,
      scale: isEmpty ? 0 : this.#scale,
      zero_count: this.#zeroCount,
      offset: isEmpty ? 0 : this.#first,
      bucket_counts: isEmpty ? [] : this.#counts(),
      p50: this.quantile(0.5),
      p95: this.quantile(0.95),
      p99: this.quantile(0.99),
    };
  }

  /** Count something that stands in a bucket of a scale, coarsening either scale as far as the number of buckets asks. */
  #add(index: number, scale: number, count: number): void {
    if (scale < this.#scale) this.#coarsen(this.#scale - scale);
    let at = index >> (scale - this.#scale);
    let steps = 0;
    const first = Math.min(this.#first, at);
    const last = Math.max(this.#last, at);
    while ((last >> steps) - (first >> steps) >= MAX_BUCKETS) steps += 1;
    if (steps > 0) this.#coarsen(steps);
    at >>= steps;
    this.#buckets.set(at, (this.#buckets.get(at) ?? 0) + count);
    this.#first = Math.min(this.#first, at);
    this.#last = Math.max(this.#last, at);
  }

  /** One step makes one bucket of two. */
  #coarsen(steps: number): void {
    const finer = this.#buckets;
    this.#scale -= steps;
    this.#buckets = new Map();
    for (const [index, count] of finer)
      this.#buckets.set(index >> steps, (this.#buckets.get(index >> steps) ?? 0) + count);
    if (finer.size === 0) return;
    this.#first >>= steps;
    this.#last >>= steps;
  }

  #inOrder(): [number, number][] {
    return [...this.#buckets].sort(([a], [b]) => a - b);
  }

  #counts(): number[] {
    const length = this.#last - this.#first + 1;
    return Array.from({ length }, (_, position) => this.#buckets.get(this.#first + position) ?? 0);
  }

  /** As far from the bucket's lower bound as from its upper one, as a share of either. */
  #valueOf(index: number): number {
    const base = 2 ** (2 ** -this.#scale);
    const lower = 2 ** (index * 2 ** -this.#scale);
    return Math.min(Math.max(lower * ((2 * base) / (base + 1)), this.#min), this.#max);
  }
}

/** JSON has no infinity. */
const addUp = (a: number, b: number) => Math.min(a + b, Number.MAX_VALUE);

/** The bucket of a positive value. Multiplying by a power of two is exact, so that scales agree on it. */
function indexAt(scale: number, value: number): number {
  return Math.ceil(Math.log2(value) * 2 ** scale) - 1;
}

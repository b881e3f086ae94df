import { describe, expect, it } from 'vitest';
import {
  createMetrics,
  MetricReport,
  MetricType,
  OPERATION_LATENCY,
  OperationLatency,
} from '../../../../src/events/index.js';
import { modelOfSchema } from '../../../../src/privacy/index.js';
import { countingDrops, hostileProxy, openDoor } from '../../privacy/support.js';

function openMetrics(options: { readonly maxSeries?: number } = {}) {
  const { countDrop, dropped } = countingDrops();
  let nowMs = 1_000;
  const metrics = createMetrics<string>({ ...options, countDrop, now: () => nowMs });
  const door = openDoor();
  return {
    metrics,
    dropped,
    advance: (ms: number) => {
      nowMs += ms;
    },
    /** As the reports would leave. */
    reports: (session?: string) => metrics.take(session).map(({ report }) => door.typed(report)),
    door,
  };
}

describe('a gauge', () => {
  it('is reported as its last value and its range', () => {
    const { metrics, reports, advance } = openMetrics();
    for (const length of [4, -2, 3]) {
      metrics.record('s', 'queue.length', length);
      advance(10);
    }
    expect(reports()).toEqual([
      { $signal: 'metric', metric: 'queue.length', type: 'gauge', value: 3, min: -2, max: 4, count: 3, window_ms: 30 },
    ]); // biome-ignore format: one row
  });
});

describe('a counter', () => {
  it('is reported as its sum', () => {
    const { metrics, reports } = openMetrics();
    metrics.record('s', 'messages', 2, MetricType.COUNTER);
    metrics.record('s', 'messages', 3, MetricType.COUNTER);
    expect(reports()).toEqual([
      { $signal: 'metric', metric: 'messages', type: 'counter', value: 5, sum: 5, count: 2, window_ms: 0 },
    ]);
  });

  it('never goes down', () => {
    const { metrics, dropped } = openMetrics();
    metrics.record('s', 'messages', -1, MetricType.COUNTER);
    expect(metrics.size).toBe(0);
    expect(dropped).toEqual({ field_invalid: 1 });
  });
});

describe('a duration', () => {
  it('is a histogram in milliseconds, whose other members tell its series apart', () => {
    const { metrics, reports, dropped } = openMetrics();
    for (const duration_ms of [10, 20, 30])
      metrics.record('s', OPERATION_LATENCY, {
        operation_type: 'api.list_contacts',
        cached: true,
        duration_ms,
      });
    metrics.record('s', OPERATION_LATENCY, {
      cached: false,
      operation_type: 'api.list_contacts',
      duration_ms: 1,
    });
    const [cached, other] = reports();
    expect(cached).toMatchObject({
      $signal: 'metric', metric: 'performance.latency', type: 'histogram', unit: 'ms', operation_type: 'api.list_contacts',
      cached: true, count: 3, sum: 60, min: 10, max: 30, p99: 30, zero_count: 0,
    }); // biome-ignore format: one table
    expect(Object.keys(cached ?? {})).toEqual(
      expect.arrayContaining(['p50', 'p95', 'scale', 'offset', 'bucket_counts', 'window_ms']),
    );
    expect(other).toMatchObject({ cached: false, count: 1 });
    expect(dropped).toEqual({});
  });

  it('of operations is an event of its own, the others are reports of a metric', () => {
    const { metrics } = openMetrics();
    metrics.record('s', OPERATION_LATENCY, { operation_type: 'a', duration_ms: 1 });
    metrics.record('s', 'index.build', { duration_ms: 1 });
    const [latency, metric] = metrics.take().map(({ report }) => report);
    expect(latency).toBeInstanceOf(OperationLatency);
    expect(metric).toBeInstanceOf(MetricReport);
    expect(metric).not.toBeInstanceOf(OperationLatency);
  });

  it('says the template of a route, whatever it was given', () => {
    const { metrics, reports } = openMetrics();
    metrics.record('s', OPERATION_LATENCY, { operation_type: 'a', endpoint: '/contacts/42', method: 'BREW', duration_ms: 1 });
    expect(reports()).toMatchObject([{ endpoint: '/contacts/:id', method: 'other' }]);
  }); // biome-ignore format: one row
});

describe('an object that was measured', () => {
  it('may have a value in a unit', () => {
    const { metrics, reports } = openMetrics();
    metrics.record('s', 'heap', { value: 7, unit: 'bytes', worker: 2 });
    metrics.record('s', 'heap', { value: 7, unit: 'furlongs' });
    expect(reports()).toMatchObject([
      { metric: 'heap', type: 'gauge', unit: 'bytes', value: 7, worker: 2 },
      { metric: 'heap', unit: 'other' },
    ]);
  });

  it.each([
    ['no number', {}], ['text for a number', { duration_ms: '12' }], ['NaN', { duration_ms: Number.NaN }],
    ['infinity', { value: Number.POSITIVE_INFINITY }], ['less than no time', { duration_ms: -1 }], ['null', { value: null }],
    ['more than there is of anything', { value: 1e300 }],
  ])('with %s is refused and counted', (_, measured) => {
    const { metrics, dropped } = openMetrics();
    metrics.record('s', 'heap', measured);
    expect(metrics.size).toBe(0);
    expect(dropped).toEqual({ field_invalid: 1 });
  }); // biome-ignore format: one table

  it.each([undefined, null, '12', true, 12n, Number.NaN, Symbol('n')])('is not %s', (measured) => {
    const { metrics, dropped } = openMetrics();
    metrics.record('s', 'heap', measured);
    expect(metrics.size).toBe(0);
    expect(dropped).toEqual({ field_invalid: 1 });
  });

  it('of a type that there is not is refused', () => {
    const { metrics, dropped } = openMetrics();
    metrics.record('s', 'heap', 1, 'summary' as never);
    expect(dropped).toEqual({ field_invalid: 1 });
  });

  it('may throw on being read, which costs what threw only', () => {
    const { metrics, dropped, reports } = openMetrics();
    const measured = { value: 1, shard: 'a', get broken(): never { throw new Error('hunter2'); } };
    metrics.record('s', 'heap', measured);
    metrics.record('s', 'heap', hostileProxy('hunter2'));
    expect(reports()).toEqual([expect.objectContaining({ value: 1, shard: 'a' })]);
    expect(dropped).toEqual({ field_unreadable: 2 });
  }); // biome-ignore format: one row
});

describe('an attribute', () => {
  const LONG = 'x'.repeat(65);

  it('is a boolean, a finite number or a short string; anything else is dropped and counted', () => {
    const { metrics, dropped, reports } = openMetrics();
    const good = { a: true, b: 1, c: 'warm' };
    const bad = { d: [1], e: { f: 1 }, g: LONG, h: () => 1, i: Symbol('i'), j: 1n, k: new Date(0), l: Number.NaN, [LONG]: 1 };
    metrics.record('s', 'heap', { value: 1, ...good, ...bad, nothing: null });
    expect(reports()).toEqual([
      { $signal: 'metric', metric: 'heap', type: 'gauge', value: 1, min: 1, max: 1, count: 1, window_ms: 0, ...good },
    ]);
    expect(dropped).toEqual({ value_unsupported: 9 });
  }); // biome-ignore format: tables

  it('leaves as the rule for untyped payloads lets it', () => {
    const { metrics, reports } = openMetrics();
    metrics.record('s', 'heap', { value: 1, note: 'two words', user_id: 'jane', $signal: 'error', $x: 'y' });
    expect(reports()).toEqual([
      expect.objectContaining({ $signal: 'metric', note: 9, user_id: expect.stringMatching(/^blake3:/) }),
    ]);
  });

  it('cannot have the name of a field', () => {
    const { metrics, reports } = openMetrics();
    const names = [...(modelOfSchema(MetricReport)?.sources.keys() ?? [])].filter((name) => name !== 'value' && name !== 'unit');
    metrics.record('s', 'heap', { value: 1, ...Object.fromEntries(names.map((name) => [name, 7])) });
    expect(reports()).toEqual([
      { $signal: 'metric', metric: 'heap', type: 'gauge', value: 1, min: 1, max: 1, count: 1, window_ms: 0 },
    ]);
  }); // biome-ignore format: one table

  it('pollutes nothing, whatever its name', () => {
    const { metrics, reports, dropped } = openMetrics();
    metrics.record('s', 'heap', JSON.parse('{"value":1,"__proto__":"a","constructor":"b","prototype":"c"}'));
    expect(reports()).toEqual([expect.objectContaining({ value: 1, constructor: 'b', prototype: 'c' })]);
    expect(dropped).toEqual({ value_unsupported: 1 });
    expect({}).not.toHaveProperty('a');
  });

  it('is one of sixteen at most', () => {
    const { metrics, dropped } = openMetrics();
    const many = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`a${index}`, index]));
    metrics.record('s', 'heap', { value: 1, ...many });
    const [taken] = metrics.take();
    expect(Object.keys(taken?.report ?? {}).filter((name) => /^a\d+$/.test(name))).toHaveLength(16);
    expect(dropped).toEqual({ value_truncated: 1 });
  });
});

describe('metrics', () => {
  it.each(['', 'two words', '/home/jane', 'jane@example.org', undefined, 7])('refuse the name %j', (name) => {
    const { metrics, dropped } = openMetrics();
    metrics.record('s', name as string, 1);
    expect(metrics.size).toBe(0);
    expect(dropped).toEqual({ event_name_invalid: 1 });
  });

  it('tell series apart by name, type, unit and attributes in any order', () => {
    const { metrics } = openMetrics();
    metrics.record('s', 'a', { value: 1, x: 1, y: 2 });
    metrics.record('s', 'a', { y: 2, x: 1, value: 1 });
    expect(metrics.size).toBe(1);
    metrics.record('s', 'a', { value: 1, x: 1, y: '2' });
    metrics.record('s', 'a', { value: 1, x: 1, y: 2 }, MetricType.COUNTER);
    metrics.record('s', 'a', { value: 1, x: 1, y: 2, unit: 's' });
    metrics.record('s', 'b', { value: 1, x: 1, y: 2 });
    expect(metrics.size).toBe(5);
  });

  it('are taken by session, and start again', () => {
    const { metrics } = openMetrics();
    metrics.record('one', 'a', 1);
    metrics.record('two', 'a', 2);
    expect(metrics.take('one')).toMatchObject([{ session: 'one', report: { value: 1 } }]);
    expect(metrics.take('one')).toEqual([]);
    metrics.record('one', 'a', 3);
    expect(metrics.size).toBe(2);
    expect(metrics.take()).toMatchObject([
      { session: 'two', report: { value: 2, count: 1 } },
      { session: 'one', report: { value: 3, count: 1 } },
    ]);
    expect(metrics.size).toBe(0);
  });

  it('measure the window of a series from its first value', () => {
    const { metrics, advance } = openMetrics();
    metrics.record('s', 'a', 1);
    advance(100);
    metrics.record('s', 'b', 1);
    metrics.record('s', 'a', 1);
    advance(50);
    expect(metrics.take()).toMatchObject([{ report: { window_ms: 150 } }, { report: { window_ms: 50 } }]);
  });

  it('hold so many series; the values of the others go to one for each type, and are counted', () => {
    const { metrics, dropped, reports } = openMetrics({ maxSeries: 2 });
    for (const name of ['a', 'b', 'c', 'd']) metrics.record('s', name, { value: 1, unit: 's', x: 1 });
    metrics.record('s', 'e', 1, MetricType.COUNTER);
    metrics.record('s', 'a', { value: 2, unit: 's', x: 1 });
    const series = reports();
    expect(series.map((each) => [each?.metric, each?.type, each?.count])).toEqual([
      ['a', 'gauge', 2], ['b', 'gauge', 1], ['other', 'gauge', 2], ['other', 'counter', 1],
    ]); // biome-ignore format: one table
    expect(series[2]).not.toHaveProperty('unit');
    expect(series[2]).not.toHaveProperty('x');
    expect(dropped).toEqual({ value_truncated: 3 });
  });

  it('stay bounded however many sessions there are', () => {
    const { metrics } = openMetrics({ maxSeries: 5 });
    for (let session = 0; session < 100; session += 1) metrics.record(`s${session}`, 'a', 1);
    expect(metrics.size).toBe(10);
  });
});

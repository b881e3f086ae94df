import { describe, expect, it } from 'vitest';
import type { Sink } from '../../../../src/delivery/index.js';
import { buildCounter, buildEvent, buildGauge, buildHistogram, recordOf } from './events.js';

describe('a property of the event itself under the name of one of the machine', () => {
  it('is said for the resource when it is text, and is an attribute otherwise', () => {
    const text = recordOf(buildEvent(1, { 'os.type': 'windows' }));
    expect(text.resource['os.type']).toBe('windows');
    expect(text).not.toHaveProperty(['record', 'attributes', 'os.type']);
    const number = recordOf(buildEvent(1, { 'os.type': 7 }));
    expect(number.resource).not.toHaveProperty('os.type');
    expect(number).toHaveProperty(['record', 'attributes', 'os.type'], 7);
  });
});

describe('what says to be a metric and is none', () => {
  it.each([
    ['of no type', buildGauge(1, { type: null })],
    ['of another type', buildGauge(1, { type: 'summary' })],
    ['a gauge without a value', buildGauge(1, { value: null })],
    ['a gauge with a text', buildGauge(1, { value: '4' })],
    ['a counter without a sum', buildCounter(1, { value: null, sum: null })],
    ['a histogram without buckets', buildHistogram(1, { bucket_counts: null })],
    ['a histogram with half a value in a bucket', buildHistogram(1, { bucket_counts: [1, 0.5] })],
    ['a histogram with less than nothing in a bucket', buildHistogram(1, { bucket_counts: [-1] })],
    ['a histogram with half a value', buildHistogram(1, { count: 1.5 })],
    ['a histogram with a scale between two', buildHistogram(1, { scale: 0.5 })],
    ['a histogram with an offset between two', buildHistogram(1, { offset: 0.5 })],
    ['a histogram without a sum', buildHistogram(1, { sum: null })],
  ])('is a log record with all it said: %s', (_, event) => {
    const { signal, record } = recordOf(event);
    expect(signal).toBe('logs');
    expect(record).toMatchObject({ severityNumber: 9, attributes: { metric: event.properties.metric } });
  });
});

it('takes the name of the event for a metric that has none', () => {
  expect(recordOf(buildGauge(1, { metric: null })).record).toMatchObject({
    descriptor: { name: 'acme.metric' },
  });
});

it.each([
  ['bytes', 'By'],
  ['count', '1'],
  ['ms', 'ms'],
  ['s', 's'],
  ['other', ''],
  [null, ''],
])('writes the unit %j as %j', (unit, expected) => {
  expect(recordOf(buildGauge(1, { unit })).record).toMatchObject({ descriptor: { unit: expected } });
});

it('has no say in what was not made by the privacy door', () => {
  const send: Sink['send'] = async () => ({ status: 'accepted' });
  const event = { uuid: '', event: 'e', distinctId: 'd', timestampMs: 0, properties: {}, common: {} };
  // @ts-expect-error -- an object of the same shape is no SanitizedEvent
  expect(send([event])).toBeInstanceOf(Promise);
});

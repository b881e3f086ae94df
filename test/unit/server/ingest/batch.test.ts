import { describe, expect, it } from 'vitest';
import { parseBatch } from '../../../../src/server/ingest/batch.js';
import { buildEvent } from './build-event.js';

/** `{ a: { a: … } }` with as many objects as `levels`. */
function nest(levels: number): Record<string, never> {
  let value = {};
  for (let level = 1; level < levels; level += 1) value = { a: value };
  return value;
}

describe('parseBatch', () => {
  it('returns valid events unchanged and in order', () => {
    const batch = [buildEvent(), buildEvent({ properties: {} }), buildEvent({ properties: nest(64) })];
    expect(parseBatch({ batch })).toEqual(batch);
  });

  it('keeps the five fields and nothing else', () => {
    const event = buildEvent();
    const sent = { ...event, ip: '192.0.2.1', $set: { name: 'a' }, headers: {}, receivedAtMs: 1 };
    expect(parseBatch({ batch: [sent] })).toEqual([event]);
  });

  it('leaves every field as it was received, for a receipt is about that', () => {
    const uuid = '0194D5E2-7C3A-7B11-9F00-ABCDEF012345';
    expect(parseBatch({ batch: [buildEvent({ uuid })] })[0]?.uuid).toBe(uuid);
  });

  it.each([
    ['event', 200],
    ['distinct_id', 200],
  ])('accepts a %s of %i characters', (field, length) => {
    const event = buildEvent({ [field]: 'x'.repeat(length) });
    expect(parseBatch({ batch: [event] })).toEqual([event]);
  });

  it.each([
    ['null', null],
    ['an array', []],
    ['a string', 'batch'],
    ['an object without batch', {}],
    ['a batch that is an object', { batch: {} }],
    ['a batch without events', { batch: [] }],
  ])('refuses %s', (_what, body) => {
    expect(() => parseBatch(body)).toThrow(
      expect.objectContaining({ code: 'REQUEST_INVALID', message: expect.stringMatching(/^batch must be /) }),
    );
  });

  it.each([null, [], 'event', 7])('refuses the event %j, naming its index', (event) => {
    expect(() => parseBatch({ batch: [buildEvent(), event] })).toThrow(/^batch\[1\] must be an object/);
  });

  it.each([
    ['event', ''],
    ['event', 'x'.repeat(201)],
    ['event', 7],
    ['event', undefined],
    ['distinct_id', ''],
    ['distinct_id', 'x'.repeat(201)],
    ['distinct_id', null],
    ['uuid', undefined],
    ['uuid', 'SECRET'],
    ['uuid', '0194d5e27c3a7b119f00abcdef012345'],
    ['uuid', '{0194d5e2-7c3a-7b11-9f00-abcdef012345}'],
    ['uuid', '00000000-0000-0000-0000-000000000000'],
    ['uuid', '0194d5e2-7c3a-9b11-9f00-abcdef012345'],
    ['uuid', '0194d5e2-7c3a-7b11-7f00-abcdef012345'],
    ['timestamp', undefined],
    ['timestamp', 1_740_830_400_000],
    ['timestamp', 'SECRET'],
    ['properties', undefined],
    ['properties', null],
    ['properties', ['SECRET']],
    ['properties', 'SECRET'],
    ['properties', nest(65)],
  ])('refuses a bad %s, naming index and field but no value (%#)', (field, value) => {
    const batch = [buildEvent(), buildEvent(), { ...buildEvent(), [field]: value }];
    expect(() => parseBatch({ batch })).toThrow(
      expect.objectContaining({
        code: 'REQUEST_INVALID',
        message: expect.stringMatching(new RegExp(`^batch\\[2\\]\\.${field} must be (?!.*SECRET)`)),
      }),
    );
  });
});

import { describe, expect, it } from 'vitest';
import { readReceipt } from '../../../../src/delivery/posthog/read-receipt.js';

describe('the receipt in an answer', () => {
  it('is kept as it came', () => {
    expect(readReceipt('{"status":1,"receipt":"eyJh-_9.eyJi.c-_"}')).toBe('eyJh-_9.eyJi.c-_');
  });

  it.each([
    ['PostHog', '{"status":1}'],
    ['PostHog, formerly', '1'],
    ['nobody', ''],
    ['null', 'null'],
    ['one who answers in words', 'Ok'],
    ['one who answers a list', '["a.b.c"]'],
    ['one whose receipt is an object', '{"receipt":{"a":1}}'],
    ['one whose receipt is no JWS', '{"receipt":"two words.b.c"}'],
    ['one whose receipt would break its line', '{"receipt":"a.b\\n.c"}'],
    ['one whose receipt has two parts', '{"receipt":"a.b"}'],
    ['one whose receipt is endless', JSON.stringify({ receipt: `a.b.${'c'.repeat(4_096)}` })],
  ])('is none when %s answers', (_who, body) => {
    expect(readReceipt(body)).toBeUndefined();
  });
});

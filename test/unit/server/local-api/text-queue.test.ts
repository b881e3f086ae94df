import { expect, it } from 'vitest';
import { createTextQueue } from '../../../../src/server/local-api/stream/text-queue.js';

it('keeps little for a reader that does not read, and tells it that it has missed something', async () => {
  const queue = createTextQueue();
  for (let n = 1; n <= 10_000; n += 1) queue.push(`${n};`);
  const text = (await queue.take()) ?? '';
  expect(text.startsWith('event: missed')).toBe(true);
  expect(text.match(/;/g)!.length).toBeLessThanOrEqual(256);
  expect(text.endsWith('10000;')).toBe(true);
});

it('hands over what waits in order, and ends at once when it is closed', async () => {
  const queue = createTextQueue();
  const first = queue.take();
  queue.push('a');
  queue.push('b');
  expect(await first).toBe('ab');
  queue.push('c');
  queue.close();
  queue.push('d');
  expect(await queue.take()).toBeUndefined();
});

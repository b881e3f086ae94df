import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { compress } from '../../../../src/delivery/http/compress.js';

it.each([
  ['abc', undefined, false],
  ['abc', 3, false],
  ['abc', 2, true],
  ['äöü', 3, true],
  ['a', 0, true],
  ['', 0, false],
])('%j is packed at a threshold of %s bytes: %s', async (body, thresholdBytes, expected) => {
  const packed = await compress(body, thresholdBytes);
  expect(packed === undefined ? undefined : gunzipSync(packed).toString()).toBe(expected ? body : undefined);
});

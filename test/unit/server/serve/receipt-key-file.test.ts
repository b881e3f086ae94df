import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parseReceiptKey } from '../../../../src/server/ingest/receipt-key.js';
import { openReceiptKey } from '../../../../src/server/serve/receipt-key-file.js';
import { createDirectory } from '../../../support/directories.js';

it('is made once, for its user alone, and is the same from then on', () => {
  const directory = createDirectory();
  const key = openReceiptKey(directory);
  expect(openReceiptKey(directory)).toBe(key);
  expect(() => parseReceiptKey(key)).not.toThrow();
  expect(readdirSync(directory)).toEqual(['receipt-key.json']);
  expect(statSync(join(directory, 'receipt-key.json')).mode & 0o777).toBe(0o600);
  expect(openReceiptKey(createDirectory())).not.toBe(key);
});

it('is not made anew in the place of something else', () => {
  const directory = createDirectory();
  mkdirSync(join(directory, 'receipt-key.json'));
  expect(() => openReceiptKey(directory)).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }));
});

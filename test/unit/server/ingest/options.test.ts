import { describe, expect, it } from 'vitest';
import { createIngestApp } from '../../../../src/server/ingest/index.js';

describe('the options of the receiving server', () => {
  it.each([
    ['an unknown name', { apikeys: ['a'] }, 'OPTION_UNKNOWN', /^apikeys is no option/],
    ['no key at all', { apiKeys: [] }, 'OPTION_INVALID', /^apiKeys must hold/],
    ['an empty key', { apiKeys: ['a', ''] }, 'OPTION_INVALID', /^apiKeys must hold/],
    ['keys in one string', { apiKeys: 'a' }, 'OPTION_INVALID', /^apiKeys must be an array/],
    ['a limit of zero', { maxBodyBytes: 0 }, 'OPTION_INVALID', /^maxBodyBytes must/],
    ['a limit in words', { maxDecompressedBytes: '1mb' }, 'OPTION_INVALID', /^maxDecompressedBytes must/],
    [
      'no bound',
      { maxDecompressedBytes: Number.POSITIVE_INFINITY },
      'OPTION_INVALID',
      /^maxDecompressedBytes must/,
    ],
  ])('refuse %s', (_what, options, code, message) => {
    expect(() => createIngestApp(options as object)).toThrow(
      expect.objectContaining({ code, message: expect.stringMatching(message) }),
    );
  });
});

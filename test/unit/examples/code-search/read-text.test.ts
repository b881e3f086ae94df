import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MAX_FILE_BYTES, readText } from '../../../../examples/code-search/read-text.js';
import { createFolder } from './temporary-folder.js';

describe('reading a file as text', () => {
  it.each([
    ['plain text', 'one\ntwo', { status: 'text', text: 'one\ntwo' }],
    ['an empty file', '', { status: 'text', text: '' }],
    ['a byte order mark, without it', '\uFEFFone', { status: 'text', text: 'one' }],
    ['malformed UTF-8, repaired', new Uint8Array([0x61, 0xff, 0x62]), { status: 'text', text: 'a\uFFFDb' }],
    ['a zero byte as binary', new Uint8Array([0x61, 0x00]), { status: 'binary' }],
    ['UTF-16 as binary', Buffer.from('text', 'utf16le'), { status: 'binary' }],
    ['text beyond the limit as too large', 'a'.repeat(MAX_FILE_BYTES + 1), { status: 'too_large' }],
    ['a large binary file as binary', new Uint8Array(MAX_FILE_BYTES + 1), { status: 'binary' }],
  ])('reads %s', async (_, content, expected) => {
    const root = await createFolder({ file: content });
    expect(await readText(join(root, 'file'))).toEqual(expected);
  });

  it('reads a file of exactly the limit', async () => {
    const root = await createFolder({ file: 'a'.repeat(MAX_FILE_BYTES) });
    expect((await readText(join(root, 'file'))).status).toBe('text');
  });

  it.each(['missing', '.'])('answers unreadable, without rejecting, for %j', async (path) => {
    const root = await createFolder({});
    expect(await readText(join(root, path))).toEqual({ status: 'unreadable' });
  });
});

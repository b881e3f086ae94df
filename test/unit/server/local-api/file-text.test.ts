import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseFileText } from '../../../../src/server/local-api/flags/file-text.js';

describe('the text of a config file', () => {
  it('goes back as the very bytes it came from, whatever they are', () => {
    const mark = fc.constantFrom([], [0xff, 0xfe], [0xef, 0xbb, 0xbf], [0xfe, 0xff]);
    fc.assert(
      fc.property(mark, fc.uint8Array(), (start, rest) => {
        const bytes = Buffer.from([...start, ...rest]);
        const { text, toBytes } = parseFileText(bytes);
        expect(Buffer.from(toBytes(text)).equals(bytes)).toBe(true);
      }),
    );
  });

  it.each([
    ['UTF-8', Buffer.from('{"a":"ü😀"}')],
    ['UTF-8 with a mark', Buffer.from('\ufeff{"a":"ü😀"}')],
    ['UTF-16 with a mark', Buffer.from('\ufeff{"a":"ü😀"}', 'utf16le')],
  ] as const)('can be edited where it is ASCII, and the rest stays: %s', (_, bytes) => {
    const { text, toBytes } = parseFileText(bytes);
    const edited = Buffer.from(toBytes(text.replace('"a"', '"b"')));
    const isUtf16 = bytes[0] === 0xff;
    const read = (of: Buffer) => of.toString(isUtf16 ? 'utf16le' : 'utf8');
    expect(read(edited)).toBe(read(bytes).replace('"a"', '"b"'));
  });
});

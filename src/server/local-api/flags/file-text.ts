/** The text of a file, to be edited and put back: what is not edited stays byte for byte, also what is no character. */
export interface FileText {
  /** Without the mark at its start. Only its ASCII characters are sure to be those of the file. */
  readonly text: string;
  /** The bytes of the file with another text in the place of this one. */
  toBytes(text: string): Uint8Array;
}

const UTF8_MARK = Buffer.from([0xef, 0xbb, 0xbf]);
const UTF16_MARK = Buffer.from([0xff, 0xfe]);

/** Take apart a file that is read as UTF-16 with its mark, and as UTF-8 otherwise, as config files are everywhere. */
export function parseFileText(bytes: Buffer): FileText {
  if (startsWith(bytes, UTF16_MARK)) {
    // Half a character at the end is not read.
    const end = bytes.length - (bytes.length % 2);
    return toFileText(UTF16_MARK, bytes.subarray(UTF16_MARK.length, end), bytes.subarray(end), 'utf16le');
  }
  const mark = startsWith(bytes, UTF8_MARK) ? UTF8_MARK : Buffer.alloc(0);
  // Every byte is a character of Latin-1, and those of ASCII are the same: bytes that are no UTF-8 come through.
  return toFileText(mark, bytes.subarray(mark.length), Buffer.alloc(0), 'latin1');
}

function toFileText(mark: Buffer, content: Buffer, tail: Buffer, encoding: 'utf16le' | 'latin1'): FileText {
  return {
    text: content.toString(encoding),
    toBytes: (text) => Buffer.concat([mark, Buffer.from(text, encoding), tail]),
  };
}

const startsWith = (bytes: Buffer, mark: Buffer) => bytes.subarray(0, mark.length).equals(mark);

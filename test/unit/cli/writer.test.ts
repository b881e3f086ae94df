import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createWriter, type Writer } from '../../../src/cli/writer.js';
import type { TextStyle } from '../../../src/consent/dialogue/index.js';

function write(style: Partial<TextStyle>, say: (writer: Writer) => void): string {
  const written: string[] = [];
  const all = { width: 80, color: true, unicode: true, ...style };
  say(createWriter({ write: (text: string) => written.push(text) }, all));
  return written.join('');
}

describe('createWriter', () => {
  it.each([
    [{}, '✓ größer – 😀 \u001b[1mon\u001b[22m\n'],
    [{ color: false }, '✓ größer – 😀 on\n'],
    [{ unicode: false }, 'gr??er - ? \u001b[1mon\u001b[22m\n'],
  ])('writes in the style %j', (style, expected) => {
    const say = (writer: Writer) => writer.line(`${writer.tick}größer – 😀 ${writer.bold('on')}`);
    expect(write(style, say)).toBe(expected);
  });

  it.each([
    ['a title of the window', '\u001b]0;owned\u0007', ' ]0;owned '],
    ['colour and position', '\u001b[31m\u001b[2J\u009b1A', ' [31m [2J 1A'],
    ['another direction', '\u202eabc\u2066', ' abc '],
    ['another line', 'a\nb\r\u2028c', 'a b  c'],
  ])('lets no text put %s onto the terminal', (_, text, expected) => {
    expect(write({}, ({ line }) => line(text))).toBe(`${expected}\n`);
    expect(write({}, ({ lines }) => lines(`one\n${text.replace('\n', ' ')}`))).toBe(`one\n${expected}\n`);
  });

  it('writes no escape at all where there is no styling', () => {
    const say = ({ line }: Writer) => line('\u001b[1mbold\u001b[22m');
    expect(write({ color: false }, say)).toBe(' [1mbold [22m\n');
  });

  it('writes JSON that says the same and hides nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const json = write({}, (writer) => writer.json({ [text]: text }));
        expect(json.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
        expect(JSON.parse(json)).toEqual({ [text]: text });
      }),
    );
  });
});

import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  renderDetails,
  renderLine,
  renderText,
  resolveTextStyle,
} from '../../../../../src/consent/dialogue/index.js';
import { textOf } from './support.js';

const style = (over: Partial<ReturnType<typeof resolveTextStyle>> = {}) => ({
  width: 80,
  color: false,
  unicode: true,
  ...over,
});

describe('a rendered text', () => {
  it.each([40, 60, 100])('is at most %i columns wide, but for words that are longer', (width) => {
    const lines = [renderText(textOf(), style({ width })), renderDetails(textOf(), style({ width }))]
      .join('')
      .split('\n');
    const tooLong = lines.filter((line) => line.length > width && line.trim().includes(' '));
    expect(tooLong.filter((line) => line.replace(/^ +[•*]? /, '').includes(' '))).toEqual([]);
    expect(Math.max(...lines.map(({ length }) => length))).toBeGreaterThan(width - 15);
  });

  it('says the same words at every width', () => {
    const words = (width: number) => renderText(textOf(), style({ width })).split(/\s+/).filter(Boolean);
    fc.assert(
      fc.property(fc.integer({ min: 40, max: 100 }), (width) => {
        expect(words(width)).toEqual(words(80));
      }),
      { numRuns: 20 },
    );
  });

  it('has bold titles where there is colour, and nothing else', () => {
    const colored = renderText(textOf(), style({ color: true }));
    expect(colored).toContain('\u001b[1mWhat is collected\u001b[22m');
    expect(stripVTControlCharacters(colored)).toBe(renderText(textOf(), style()));
  });

  it('is ASCII where nothing else can be shown', () => {
    const ascii = style({ unicode: false });
    const all = renderText(textOf(), ascii) + renderDetails(textOf(), ascii);
    expect(all).toMatch(/^[\x20-\x7e\n]*$/);
    expect(all).toMatch(/^ {2}\* code_search:/m);
  });

  it('lets nothing through that acts on a terminal', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const line = renderLine(text, style());
        expect(line.slice(0, -1)).toMatch(/^(?:(?!\u200d)[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|\u200d)*$|\n/u);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
        expect(line).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
      }),
    );
    const link = '\u001b]8;;https://evil.example\u0007here\u001b]8;;\u0007';
    expect(renderLine(`a ${link} b`, style())).not.toContain('\u001b');
  });
});

describe('the style of a terminal', () => {
  const styleOf = (env: Record<string, string>, isTerminal = true, columns?: number, platform = 'linux') =>
    resolveTextStyle({ env, isTerminal, columns, platform });

  it.each<[string, Record<string, string>, boolean, boolean]>([
    ['a terminal', {}, true, true],
    ['no terminal', {}, false, false],
    ['NO_COLOR', { NO_COLOR: '1' }, true, false],
    ['an empty NO_COLOR', { NO_COLOR: '' }, true, true],
    ['NO_COLOR over FORCE_COLOR', { NO_COLOR: '1', FORCE_COLOR: '1' }, true, false],
    ['FORCE_COLOR without a terminal', { FORCE_COLOR: '1' }, false, true],
    ['an empty FORCE_COLOR', { FORCE_COLOR: '' }, false, true],
    ['FORCE_COLOR=0', { FORCE_COLOR: '0' }, true, false],
    ['TERM=dumb', { TERM: 'dumb' }, true, false],
    ['FORCE_COLOR over TERM=dumb', { FORCE_COLOR: '1', TERM: 'dumb' }, true, true],
  ])('has colour by convention: %s', (_what, env, isTerminal, color) => {
    expect(styleOf(env, isTerminal).color).toBe(color);
  });

  it.each<[Record<string, string>, string, boolean]>([
    [{ LANG: 'en_GB.UTF-8' }, 'linux', true],
    [{ LANG: 'C.utf8' }, 'linux', true],
    [{ LANG: 'C' }, 'linux', false],
    [{}, 'linux', false],
    [{ LC_ALL: 'C', LANG: 'en_GB.UTF-8' }, 'linux', false],
    [{ LC_ALL: '', LC_CTYPE: 'en_GB.UTF-8', LANG: 'C' }, 'linux', true],
    [{}, 'darwin', true],
    [{ LANG: 'C' }, 'darwin', false],
    [{}, 'win32', false],
    [{ WT_SESSION: 'x' }, 'win32', true],
    [{ TERM_PROGRAM: 'vscode' }, 'win32', true],
  ])('has more than ASCII by the locale: %j on %s is %s', (env, platform, unicode) => {
    expect(styleOf(env, true, 80, platform).unicode).toBe(unicode);
  });

  it.each([
    [undefined, 80],
    [0, 80],
    [20, 40],
    [40, 40],
    [72, 72],
    [500, 100],
  ])('wraps a terminal of %s columns at %i', (columns, width) => {
    expect(styleOf({}, true, columns).width).toBe(width);
  });
});

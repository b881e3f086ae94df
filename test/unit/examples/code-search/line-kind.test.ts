import { describe, expect, it } from 'vitest';
import { definedName, isComment } from '../../../../examples/code-search/line-kind.js';

describe('the name a line defines', () => {
  it.each([
    ['typescript', 'export abstract class Alpha extends Beta {', 'Alpha'],
    ['typescript', 'export default async function* alpha() {', 'alpha'],
    ['typescript', 'export type Alpha = string;', 'Alpha'],
    ['typescript', 'export const ALPHA = 1;', 'ALPHA'],
    ['typescript', '  async alpha(value: string): Promise<void> {', 'alpha'],
    ['typescript', '  static override get alpha() {', 'alpha'],
    ['python', '    async def alpha(self):', 'alpha'],
    ['rust', 'pub(crate) const fn alpha() {', 'alpha'],
    ['go', 'func (r *Receiver) Alpha(x int) error {', 'Alpha'],
    ['kotlin', 'data class Alpha(val x: Int)', 'Alpha'],
    ['typescript', '  const alpha = 1;', undefined],
    ['typescript', '  if (alpha(x)) {', undefined],
    ['typescript', '  for (const alpha of all) {', undefined],
    ['typescript', '  return alpha();', undefined],
    ['typescript', ' * class alpha', undefined],
    ['markdown', 'class Alpha is described here', undefined],
    ['typescript', `class Alpha ${' '.repeat(300)}`, undefined],
  ] as const)('in %s, of %j, is %s', (language, line, name) => {
    expect(definedName(line, language)).toBe(name);
  });

  it.each([
    ['parentheses', `  a(${'): '.repeat(60_000)}`],
    ['modifiers', `${'export '.repeat(60_000)}x`],
    ['spaces', `class${' '.repeat(200_000)}`],
  ])('is not looked for in an endless line of %s', (_, line) => {
    const startedAt = performance.now();
    expect(definedName(line, 'typescript')).toBeUndefined();
    expect(performance.now() - startedAt).toBeLessThan(500);
  });
});

describe('a comment', () => {
  it.each([
    ['typescript', '  // why', true],
    ['typescript', ' * and so on', true],
    ['typescript', 'code(); // why', false],
    ['python', '# why', true],
    ['sql', '-- why', true],
    ['html', '<!-- why -->', true],
    ['markdown', '* an item', false],
    ['markdown', '# A title', false],
    ['text', '# why', false],
  ] as const)('in %s: %j is one: %s', (language, line, expected) => {
    expect(isComment(line, language)).toBe(expected);
  });
});

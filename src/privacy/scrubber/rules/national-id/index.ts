import { forEachMatch, matchEnd } from '../../matching.js';
import type { Rule } from '../../rule.js';
import { Trait } from '../../traits.js';
import { beginsWithLabel, endsInLabel, LABEL_REACH } from './labels.js';
import { ID_FORMATS, type IdFormat } from './shaped.js';

/** Where a number with a shape of its own may begin. */
const DIGITS = /\d(?<![\w.+@/-]\d)(?=(?:[ ./+-]?\d){7})/g;
const LETTERS_AND_DIGITS =
  /[A-Z\d](?<![\w.+@/-][A-Z\d])(?=[ -]?[A-Z\d](?:[ ()-]?[A-Z\d]){6})(?:(?<=\d)|[A-Z]{0,5}[ ]?\d)/g;
/** Five to twenty digits with single separators, and a few capitals where issuers put them. */
const LABELLED = /\d(?<!\d\d)(?:[ ./-]?[A-Z]{0,2}\d){4,19}(?:[ -]?[A-Z]{1,2}\d?)?(?![A-Za-z0-9])/g;
/** What may stand before the first digit, but for the words that lead up to it. */
const LETTERS = /(?:^|[^A-Za-z0-9]|\bis)((?!(?:ID|NO|NR|IS)\b)[A-Z]{1,6}[ -]?)?$/;
const MAX_LETTERS = 10;
const AND = /^(?:,|;|\/| and| or| &|, and) ?$/;

/** Numbers with a shape of their own, all digits or with letters in telling places. */
const shapedDigits = shapedRule('national-id-digits', Trait.closeDigits, 'digits');
const shapedLetters = shapedRule('national-id-letters', Trait.idDigits | Trait.mixedWord, 'letters');

/** Numbers that the text itself calls so, on either side of them, and more of them in the same list. */
const labelled: Rule = {
  name: 'national-id-labelled',
  kind: 'national-id',
  needs: Trait.nearDigits | Trait.idWord,
  find(text, claim) {
    let lastEnd = -1;
    forEachMatch(LABELLED, text, ({ 0: number, index }) => {
      const letters = LETTERS.exec(text.slice(Math.max(0, index - MAX_LETTERS), index));
      if (!letters) return;
      const end = index + number.length;
      // The letters before it may be its own, or those that name it.
      const isNamed = letters[1] !== undefined && isLabelBefore(text, index);
      const start = isNamed ? index : index - (letters[1]?.length ?? 0);
      const isListed = lastEnd >= 0 && AND.test(text.slice(lastEnd, start));
      if (
        isNamed ||
        isListed ||
        isLabelBefore(text, start) ||
        beginsWithLabel(text.slice(end, end + LABEL_REACH))
      ) {
        claim(start, end);
        lastEnd = end;
      }
    });
  },
};

const isLabelBefore = (text: string, index: number): boolean =>
  endsInLabel(text.slice(Math.max(0, index - LABEL_REACH), index));

export const nationalIdRules: readonly Rule[] = [shapedDigits, shapedLetters, labelled];

const expressionOf = (pattern: string): RegExp => new RegExp(`(?:${pattern})(?![\\w-]|\\.\\d)`, 'y');

function shapedRule(name: string, needs: number, made: IdFormat['made']): Rule {
  let any: RegExp | undefined;
  let each: readonly (readonly [IdFormat, RegExp])[] = [];
  const compile = (): RegExp => {
    const formats = ID_FORMATS.filter((format) => format.made === made);
    each = formats.map((format) => [format, expressionOf(format.pattern)]);
    return expressionOf(formats.map(({ pattern }) => pattern).join('|'));
  };
  return {
    name,
    kind: 'national-id',
    needs,
    find(text, claim) {
      any ??= compile();
      const expression = any;
      forEachMatch(made === 'digits' ? DIGITS : LETTERS_AND_DIGITS, text, ({ index }) => {
        if (matchEnd(expression, text, index) === undefined) return;
        const end = longestValid(each, text, index);
        if (end !== undefined) claim(index, end);
      });
    },
  };
}

/** Where the longest number that begins at `start`, of any country, ends. */
function longestValid(
  each: readonly (readonly [IdFormat, RegExp])[],
  text: string,
  start: number,
): number | undefined {
  let longest: number | undefined;
  for (const [{ isValid }, expression] of each) {
    const end = matchEnd(expression, text, start);
    if (end === undefined || end <= (longest ?? 0)) continue;
    const compact = text
      .slice(start, end)
      .replace(/[ ./()+-]/g, '')
      .toUpperCase();
    if (isValid === undefined || isValid(compact)) longest = end;
  }
  return longest;
}

import { patternRule, type Rule } from '../rule.js';
import { Trait } from '../traits.js';

/**
 * What the networks issue, by leading digits and length: Visa, Mastercard, Amex, Diners, JCB, UnionPay, Discover,
 * Maestro, RuPay, Mir, Troy. It keeps time stamps, most of which start with 1, out of the checksum lottery.
 */
const ISSUED =
  /^(?:4(?:\d{12}|\d{15}|\d{18})|(?:5[1-5]|2[2-7])\d{14}|3[47]\d{13}|3(?:0[0-5]|[689]\d)\d{11,16}|35\d{14,17}|(?:2131|1800)\d{11}|(?:5[0678]|6\d)\d{10,17}|(?:8[12]\d|979)\d{13})$/;

/** Payment cards: 12 to 19 digits, plain or grouped by single spaces or dashes, with a valid check digit. */
const card: Rule = patternRule(
  { name: 'card', kind: 'card', needs: Trait.cardDigits },
  /(?<![\w.+]|\d[ -])\d(?:[ -]?\d){11,18}(?![\w]|[.-]\d)/g,
  (match) => {
    const digits = match.replace(/[ -]/g, '');
    return ISSUED.test(digits) && hasLuhnCheckDigit(digits);
  },
);

/** Bank accounts: country, check digits and 11 to 30 letters or digits, in one piece or in groups of four. Check digits must fit unless the text says IBAN. */
const iban: Rule = patternRule(
  { name: 'iban', kind: 'iban', needs: Trait.someDigits | Trait.letter },
  /(?<![A-Za-z0-9])[A-Za-z]{2}\d{2}(?:[A-Za-z0-9]{11,30}|(?: [A-Za-z0-9]{4}){2,7}(?: [A-Za-z0-9]{1,4})?)(?![A-Za-z0-9])/g,
  (match, text, start) =>
    hasIbanCheckDigits(match.replaceAll(' ', '').toUpperCase()) ||
    /\biban(?: is)?[ :=]{0,3}$/i.test(text.slice(Math.max(0, start - 12), start)),
);

export const moneyRules: readonly Rule[] = [card, iban];

function hasLuhnCheckDigit(digits: string): boolean {
  let sum = 0;
  for (let place = 0; place < digits.length; place += 1) {
    const digit = digits.charCodeAt(digits.length - 1 - place) - 48;
    const doubled = digit * 2;
    sum += place % 2 === 0 ? digit : doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/** ISO 13616: moved to the front and with letters as numbers from 10, the whole leaves 1 when divided by 97. */
function hasIbanCheckDigits(iban: string): boolean {
  let remainder = 0;
  for (const character of iban.slice(4) + iban.slice(0, 4)) {
    const value = Number.parseInt(character, 36);
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
  }
  return remainder === 1;
}

import { type Accepts, patternRule, type Rule } from '../rule.js';
import { Trait } from '../traits.js';
import { passesLuhn } from './national-id/check-digits.js';

/**
 * What the networks issue, by leading digits and length: Visa, Mastercard, Amex, Diners, JCB, UnionPay, Discover,
 * Maestro, RuPay, Mir, Troy. It keeps time stamps, most of which start with 1, out of the checksum lottery.
 */
const ISSUED =
  /^(?:4(?:\d{12}|\d{15}|\d{18})|(?:5[1-5]|2[2-7])\d{14}|3[47]\d{13}|3(?:0[0-5]|[689]\d)\d{11,16}|35\d{14,17}|(?:2131|1800)\d{11}|(?:5[0678]|6\d)\d{10,17}|(?:8[12]\d|979)\d{13})$/;

/** Payment cards: 12 to 19 digits, plain or grouped by single spaces or dashes, with a valid check digit. */
const card: Rule = patternRule(
  { name: 'card', kind: 'card', needs: Trait.closeDigits, probe: /\d(?:[ -]?\d){11}/ },
  /(?<![\w.+]|\d[ -])\d(?:[ -]?\d){11,18}(?![\w]|[.-]\d)/g,
  (match) => {
    const digits = match.replace(/[ -]/g, '');
    return ISSUED.test(digits) && passesLuhn(digits);
  },
);

/** Any 12 to 19 digits that the text itself calls a card's, and the three or four on its back. */
const labelledCard: Rule = patternRule(
  { name: 'card-labelled', kind: 'card', needs: Trait.closeDigits | Trait.numberWord },
  /\b(?:(?:credit|debit|payment|bank)[ _-]?card|card[ _-]?(?:number|no|nr)?|cc(?:num|number)?|pan|visa|master-?card|amex|maestro)(?:[ _-]?(?:number|no|nr))?["']?(?:\s{0,4}(?:is|:|=|#|ending in)){0,2}[\s"']{0,4}(?<secret>\d(?:[ -]?\d){11,18})(?![\w-])/dgi,
);

const cardCode: Rule = patternRule(
  { name: 'card-code', kind: 'card', needs: Trait.someDigits | Trait.numberWord },
  /\b(?:cvv2?|cvc2?|security code|card code)["']?(?: is)?["']?[\s:=]{1,4}["']?(?<secret>\d{3,4})(?![\w.-])/dgi,
);

const isAccount: Accepts = (match, text, start) =>
  hasIbanCheckDigits(match.replaceAll(' ', '').toUpperCase()) ||
  /\biban(?: is)?[ :=]{0,3}$/i.test(text.slice(Math.max(0, start - 12), start));

/** Bank accounts in one piece: country, check digits, 11 to 30 letters or digits. Check digits must fit unless the text says IBAN. */
const iban: Rule = patternRule(
  { name: 'iban', kind: 'iban', needs: Trait.account | Trait.longWord },
  /[A-Za-z](?<![A-Za-z0-9][A-Za-z])[A-Za-z]\d{2}[A-Za-z0-9]{11,30}(?![A-Za-z0-9])/g,
  isAccount,
);

/** The same in groups of four. */
const groupedIban: Rule = patternRule(
  { name: 'iban-grouped', kind: 'iban', needs: Trait.closeDigits | Trait.account },
  /[A-Za-z](?<![A-Za-z0-9][A-Za-z])[A-Za-z]\d{2}(?: [A-Za-z0-9]{4}){2,7}(?: [A-Za-z0-9]{1,4})?(?![A-Za-z0-9])/g,
  isAccount,
);

export const moneyRules: readonly Rule[] = [card, labelledCard, cardCode, iban, groupedIban];

/** ISO 13616: moved to the front and with letters as numbers from 10, the whole leaves 1 when divided by 97. */
function hasIbanCheckDigits(iban: string): boolean {
  let remainder = 0;
  for (const character of iban.slice(4) + iban.slice(0, 4)) {
    const value = Number.parseInt(character, 36);
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
  }
  return remainder === 1;
}

import { patternRule, type Rule } from '../rule.js';
import { Trait } from '../traits.js';

const phone = { kind: 'phone', needs: Trait.closeDigits } as const;

/** `+49 30 901820`: a plus, a country code, 7 to 15 digits in all, grouped in any way. */
const international: Rule = patternRule(
  { ...phone, name: 'phone-international' },
  /(?<![\w+])\+[1-9](?:[ .\-/()]{0,3}\d){6,14}(?!\d)/g,
);

/** `(202) 555-0143`, `1-202-555-0143`, `202.555.0143x12`: the North American plan, where groups start with 2 to 9. */
const northAmerican: Rule = patternRule(
  { ...phone, name: 'phone-north-american' },
  /(?<![\d+]|\d[.-])(?:\d{1,3}[ .-])?(?:\([2-9]\d{2}\) ?|[2-9]\d{2}[ .-])[2-9]\d{2}[ .-]\d{4}(?:x\d{1,6})?(?![\d-]|\.\d)/g,
);

/** `(64) 3591-3246`: an area code in brackets says it is a telephone number. */
const bracketedArea: Rule = patternRule(
  { ...phone, name: 'phone-bracketed-area' },
  /(?<![\w)])\(0?\d{1,4}\) ?\d{3,4}[ -]?\d{3,5}(?![\w-]|\.\d)/g,
);

/** `0496 46 46 70`, `01.84.17.61.18`: a trunk zero and groups with one kind of separator, 9 to 11 digits. */
const trunkZero: Rule = patternRule(
  { ...phone, name: 'phone-trunk-zero' },
  /(?<![\w+:.,/-])0[1-9]\d{0,3}([ .\-/])\d{2,8}(?:\1\d{2,4}){0,4}(?![\w/-]|[ .]\d)/g,
  (match) => {
    const digits = match.replace(/\D/g, '').length;
    return digits >= 9 && digits <= 11;
  },
);

/** Any 7 to 15 digits that the text itself calls a telephone number. */
const labelled: Rule = patternRule(
  { ...phone, name: 'phone-labelled', needs: Trait.closeDigits | Trait.numberWord },
  /\b(?:(?:tele)?phone|mobile|cell|fax|tel|whatsapp|sms|msisdn|number is|call me (?:on|at))(?:[ _-]?(?:no|nr|number|is))?["']?[^\w\n+]{0,4}\n?(?<secret>\(?\d(?:[ ().\-/]{0,2}\d){6,14})(?!\d)/dgi,
);

export const phoneRules: readonly Rule[] = [international, northAmerican, bracketedArea, trunkZero, labelled];

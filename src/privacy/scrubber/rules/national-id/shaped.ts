import { isDate, isDayOfMonth, passesLuhn, passesVerhoeff, weightedSum } from './check-digits.js';

/** An identity number that is told by its shape and its check digits, without a word that names it. */
export interface IdFormat {
  readonly country: string;
  /** Of digits and separators alone, or with letters among them. */
  readonly made: 'digits' | 'letters';
  /** Of the whole number; what stands around it is looked at elsewhere. */
  readonly pattern: string;
  /** @param compact - the number without separators, in upper case */
  readonly isValid?: (compact: string) => boolean;
}

const SPANISH_LETTERS = 'TRWAGMYFPDXBNJZSQVHLCKE';
const FINNISH_CHARACTERS = '0123456789ABCDEFHJKLMNPRSTUVWXY';
const CHINESE_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const ITALIAN_ODD = [
  1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23,
];

/**
 * Formats with letters, separators or dates in telling places. Bare runs of digits are nobody's until a word names them:
 * they are as often a time stamp, an order or a build.
 */
export const ID_FORMATS: readonly IdFormat[] = [
  {
    country: 'US, social security',
    made: 'digits',
    pattern: '(?!000|666|9\\d\\d)\\d{3}(?:-(?!00)\\d{2}-|\\.(?!00)\\d{2}\\.)(?!0000)\\d{4}',
  },
  {
    country: 'US, individual taxpayer',
    made: 'digits',
    pattern: '9\\d{2}-(?:5\\d|6[0-5]|7\\d|8[0-8]|9[0-24-9])-\\d{4}',
  },
  {
    country: 'US, Medicare',
    made: 'letters',
    pattern:
      '[1-9][AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y\\d]\\d-?[AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y\\d]\\d-?[AC-HJKMNP-RT-Y]{2}\\d{2}',
  },
  {
    country: 'United Kingdom',
    made: 'letters',
    pattern: '(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\\d{2} ?\\d{2} ?\\d{2} ?[A-D]',
  },
  {
    country: 'Spain',
    made: 'letters',
    pattern: '(?:\\d{8}|[XYZ]-?\\d{7})-?[A-HJ-NP-TV-Z]',
    isValid: isSpanish,
  },
  {
    country: 'Italy',
    made: 'letters',
    pattern: '[A-Z]{6}[\\dLMNP-V]{2}[A-EHLMPR-T][\\dLMNP-V]{2}[A-Z][\\dLMNP-V]{3}[A-Z]',
    isValid: isItalian,
  },
  {
    country: 'France',
    made: 'digits',
    pattern: '[12] ?\\d{2} ?(?:0[1-9]|1[0-2]|[2-9]\\d) ?(?:\\d{2}|2[AB]) ?\\d{3} ?\\d{3} ?\\d{2}',
    isValid: isFrench,
  },
  {
    country: 'Belgium',
    made: 'digits',
    pattern: '\\d{2}\\.\\d{2}\\.\\d{2}-\\d{3}\\.\\d{2}',
    isValid: isBelgian,
  },
  {
    country: 'Finland',
    made: 'letters',
    pattern: '\\d{6}[-+A-FU-Y]\\d{3}[\\dA-FHJ-NPR-Y]',
    isValid: isFinnish,
  },
  { country: 'Sweden', made: 'digits', pattern: '(?:19|20)?\\d{6}[-+]\\d{4}', isValid: isSwedish },
  { country: 'Switzerland', made: 'digits', pattern: '756\\.\\d{4}\\.\\d{4}\\.\\d{2}', isValid: isSwiss },
  { country: 'Czechia, Slovakia', made: 'digits', pattern: '\\d{6}/\\d{4}', isValid: isCzech },
  {
    country: 'Brazil, person',
    made: 'digits',
    pattern: '\\d{3}\\.\\d{3}\\.\\d{3}-\\d{2}',
    isValid: isBrazilian,
  },
  { country: 'Brazil, company', made: 'digits', pattern: '\\d{2}\\.\\d{3}\\.\\d{3}/\\d{4}-\\d{2}' },
  { country: 'Chile', made: 'digits', pattern: '\\d{1,2}\\.\\d{3}\\.\\d{3}-[\\dkK]', isValid: isChilean },
  {
    country: 'Mexico',
    made: 'letters',
    pattern: '[A-Z][AEIOUX][A-Z]{2}\\d{6}[HMX][A-Z]{2}[B-DF-HJ-NP-TV-Z]{3}[A-Z\\d]\\d',
  },
  { country: 'India, tax', made: 'letters', pattern: '[A-Z]{3}[ABCFGHJLPT][A-Z]\\d{4}[A-Z]' },
  {
    country: 'India, resident',
    made: 'digits',
    pattern: '[2-9]\\d{3}[ -]\\d{4}[ -]\\d{4}',
    isValid: passesVerhoeff,
  },
  { country: 'China', made: 'digits', pattern: '[1-9]\\d{5}(?:19|20)\\d{9}[\\dXx]', isValid: isChinese },
  { country: 'Korea', made: 'digits', pattern: '\\d{6}-[1-8]\\d{6}', isValid: isDate },
  { country: 'Singapore', made: 'letters', pattern: '[STFGM]\\d{7}[A-Z]', isValid: isSingaporean },
  { country: 'Hong Kong', made: 'letters', pattern: '[A-Z]{1,2}\\d{6}\\([\\dA]\\)' },
  { country: 'Taiwan', made: 'letters', pattern: '[A-Z][1289]\\d{8}', isValid: isTaiwanese },
  { country: 'Pakistan', made: 'digits', pattern: '[1-7]\\d{4}-\\d{7}-\\d' },
  { country: 'Russia', made: 'digits', pattern: '\\d{3}-\\d{3}-\\d{3} \\d{2}' },
];

function isSpanish(id: string): boolean {
  const number = id.slice(0, -1).replace(/^[XYZ]/, (letter) => String('XYZ'.indexOf(letter)));
  return SPANISH_LETTERS[Number(number) % 23] === id.at(-1);
}

function isItalian(id: string): boolean {
  let sum = 0;
  for (let place = 0; place < 15; place += 1) {
    const value = Number.parseInt(id[place]!, 36);
    const letter = value > 9 ? value - 10 : value;
    sum += place % 2 === 0 ? ITALIAN_ODD[letter]! : letter;
  }
  return String.fromCharCode(65 + (sum % 26)) === id[15];
}

function isFrench(id: string): boolean {
  const body = id.slice(0, 13).replace('2A', '19').replace('2B', '18');
  return 97 - (Number(body) % 97) === Number(id.slice(13));
}

function isBelgian(id: string): boolean {
  const check = Number(id.slice(9));
  return [Number(id.slice(0, 9)), Number(`2${id.slice(0, 9)}`)].some(
    (number) => 97 - (number % 97) === check,
  );
}

/** The sign of the century is in the way of taking separators out. */
function isFinnish(id: string): boolean {
  const digits = id.slice(0, 6) + id.slice(-4, -1);
  return (
    isDayOfMonth(id.slice(2, 4), id.slice(0, 2)) && FINNISH_CHARACTERS[Number(digits) % 31] === id.at(-1)
  );
}

function isSwedish(id: string): boolean {
  const digits = id.slice(-10);
  return isDayOfMonth(digits.slice(2, 4), digits.slice(4, 6)) && passesLuhn(digits);
}

function isSwiss(id: string): boolean {
  return weightedSum(id, [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1]) % 10 === 0;
}

/** Months of women are written 50 higher, those of busy days 20. */
function isCzech(id: string): boolean {
  const month = Number(id.slice(2, 4)) % 50;
  return ((month >= 1 && month <= 12) || (month >= 21 && month <= 32)) && Number(id) % 11 === 0;
}

function isBrazilian(id: string): boolean {
  const check = (length: number) => {
    const weights = Array.from({ length }, (_, place) => length + 1 - place);
    return String(((weightedSum(id, weights) * 10) % 11) % 10);
  };
  return !/^(\d)\1+$/.test(id) && check(9) === id[9] && check(10) === id[10];
}

function isChilean(id: string): boolean {
  let sum = 0;
  const digits = id.slice(0, -1);
  for (let place = 0; place < digits.length; place += 1)
    sum += Number(digits.at(-1 - place)) * (2 + (place % 6));
  return '0123456789K0'[11 - (sum % 11)] === id.at(-1);
}

function isChinese(id: string): boolean {
  return (
    isDayOfMonth(id.slice(10, 12), id.slice(12, 14)) &&
    '10X98765432'[weightedSum(id, CHINESE_WEIGHTS) % 11] === id.at(-1)
  );
}

function isSingaporean(id: string): boolean {
  const sum =
    weightedSum(id.slice(1), [2, 7, 6, 5, 4, 3, 2]) + ('TG'.includes(id[0]!) ? 4 : id[0] === 'M' ? 3 : 0);
  const letters = 'ST'.includes(id[0]!) ? 'JZIHGFEDCBA' : id[0] === 'M' ? 'KLJNPQRTUWX' : 'XWUTRQPNMLK';
  return letters[id[0] === 'M' ? 10 - (sum % 11) : sum % 11] === id.at(-1);
}

function isTaiwanese(id: string): boolean {
  const region = 'ABCDEFGHJKLMNPQRSTUVXYWZIO'.indexOf(id[0]!) + 10;
  const sum =
    Math.floor(region / 10) + (region % 10) * 9 + weightedSum(id.slice(1), [8, 7, 6, 5, 4, 3, 2, 1, 1]);
  return sum % 10 === 0;
}

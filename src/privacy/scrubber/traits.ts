/**
 * Cheap facts about a text, gathered in one pass and packed into bits. A rule names the facts it cannot do
 * without, so that a plain sentence is never shown to most rules.
 */
export const Trait = {
  at: 1,
  equals: 2,
  colon: 4,
  slash: 8,
  backslash: 16,
  dash: 32,
  letter: 64,
  /** At least three digits. */
  someDigits: 128,
  /** At least seven digits: the shortest telephone number. */
  phoneDigits: 256,
  /** At least twelve digits: the shortest card number. */
  cardDigits: 512,
} as const;

/** The traits of `text` as a set of `Trait` bits. Linear in its length. */
export function traitsOf(text: string): number {
  let traits = 0;
  let digits = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code < 128) {
      if (code >= 48 && code <= 57) digits += 1;
      else traits |= TRAIT_OF_CODE[code]!;
    }
  }
  if (digits >= 3) traits |= Trait.someDigits;
  if (digits >= 7) traits |= Trait.phoneDigits;
  if (digits >= 12) traits |= Trait.cardDigits;
  return traits;
}

const TRAIT_OF_CODE = new Uint8Array(128);
for (let code = 65; code <= 90; code += 1) {
  TRAIT_OF_CODE[code] = Trait.letter;
  TRAIT_OF_CODE[code + 32] = Trait.letter;
}
TRAIT_OF_CODE['@'.charCodeAt(0)] = Trait.at;
TRAIT_OF_CODE['='.charCodeAt(0)] = Trait.equals;
TRAIT_OF_CODE[':'.charCodeAt(0)] = Trait.colon;
TRAIT_OF_CODE['/'.charCodeAt(0)] = Trait.slash;
TRAIT_OF_CODE['\\'.charCodeAt(0)] = Trait.backslash;
TRAIT_OF_CODE['-'.charCodeAt(0)] = Trait.dash;

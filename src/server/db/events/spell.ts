/** As within the quotes of a JSON string: U+0000 and lone surrogates, which text cannot hold, become letters and digits. */
export const spell = (name: string): string => JSON.stringify(name).slice(1, -1);
export const unspell = (spelled: string): string => JSON.parse(`"${spelled}"`) as string;

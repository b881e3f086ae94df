import { z } from 'zod';

/** What breaks lines, steers a terminal or cannot be written as UTF-8 is no name. */
const isName = (text: string, maxCharacters: number) =>
  !/[\p{Cc}\p{Cs}]/u.test(text) && text !== '' && [...text].length <= maxCharacters;

/** @param what - such as `The id of an organisation` */
export const nameOf = (what: string, maxCharacters: number) =>
  z.string().refine((text) => isName(text, maxCharacters), {
    error: `${what} must have 1 to ${maxCharacters} characters, and no control characters.`,
  });

/** Unix time in milliseconds; null for never. */
export const ExpiresAtMs = z.int().positive().nullable();

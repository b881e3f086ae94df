/**
 * What the id of a customer is. Reports carry it, and so do addresses, tables and names of files: it begins with a letter or a digit, so that
 * no spreadsheet takes it for a formula and no program for an option.
 */
export const CUSTOMER_ID = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;

/** What is not seen, and changes how the text around it is seen. Joiners are left: scripts and emoji need them. */
const UNSEEN = /[\p{Zl}\p{Zp}]|(?![\u200c\u200d])\p{Cf}/u;
const EVERY_UNSEEN = new RegExp(UNSEEN, 'gu');

/** Whether a text holds what changes the direction or the looks of text without being seen. Pure. */
export const holdsUnseen = (text: string): boolean => UNSEEN.test(text);

/** A text in which nothing is unseen: each such character is a mark. Pure. */
export const showUnseen = (text: string): string => text.replace(EVERY_UNSEEN, '\ufffd');

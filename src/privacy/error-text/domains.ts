import type { Domain } from '../domains/index.js';
import { isErrorCode } from './error-code.js';
import { toErrorName } from './error-name.js';
import { isFrameText } from './frame-text.js';
import { MAX_TEMPLATE_LENGTH } from './limits.js';
import { toMessageTemplate } from './message-template.js';

const FINGERPRINT = /^[0-9a-f]{16}$/;

/**
 * The permanent code of an error: one that systems and well-known packages use, a short prefix with a number of at most four
 * digits, or a number below 600.
 *
 * Can this identify someone? A prefix can be a name and a number a year, if a program makes its codes of such.
 */
export const errorCode: Domain<string> & { readonly text: 'error_code' } = {
  kind: 'any_of',
  text: 'error_code',
  description: 'a known code, a short prefix with a number, or a number below 600',
  encode: (value) => (typeof value === 'string' && isErrorCode(value) ? value : undefined),
  isWithin: (other) => other === errorCode,
  example: () => 'ENOENT',
};

/** The name of an error's class, in known words; `Error` for any other string. */
export const errorName: Domain<string> & { readonly text: 'error_name' } = {
  kind: 'any_of',
  text: 'error_name',
  description: 'the name of a class of errors in common words, or of a type such as string',
  encode: (value) => (typeof value === 'string' ? toErrorName(value) : undefined),
  isWithin: (other) => other === errorName,
  example: () => 'TypeError',
};

/**
 * The template of an error's message: what the programmer wrote, without what the program filled in. Takes any string and
 * reduces it, so a message that was reduced before stays as it is.
 *
 * Can this identify someone? It is made of a closed vocabulary, placeholders and punctuation. Anything else, such as a
 * name, a number, whatever stands in quotes or brackets, becomes a placeholder; all but the first line goes.
 */
export const messageTemplate: Domain<string> & { readonly text: 'message_template' } = {
  kind: 'any_of',
  text: 'message_template',
  description: `the first line of a message in common words, everything else replaced, at most ${MAX_TEMPLATE_LENGTH} characters`,
  encode: (value) => (typeof value === 'string' ? toMessageTemplate(value) : undefined),
  isWithin: (other) => other === messageTemplate,
  example: () => 'ENOENT: no such file or directory, open <PATH>',
};

/**
 * One line of a stack trace: `lodash@4.17.21:map:12`, `node:fs:readFileSync`, `<app>/dist/cli.js:main:40`, `<external>`,
 * `<native>` or `<unknown>`. Any other text is refused.
 *
 * Can this identify someone? It names packages that do not call themselves private and code below the app's root. What a program
 * names at run time can be content: of functions, names in snake case pass in known words only, all others as identifiers.
 */
export const frameText: Domain<string> & { readonly text: 'frame' } = {
  kind: 'any_of',
  text: 'frame',
  description: 'a place in the code of the program or of a package, without any path of this machine',
  encode: (value) => (typeof value === 'string' && isFrameText(value) ? value : undefined),
  isWithin: (other) => other === frameText,
  example: () => '<app>/dist/cli.js:main:40',
};

/** Which bug an error is: a digest of what is recorded of it anyway, so it says nothing more. */
export const errorFingerprint: Domain<string> & { readonly text: 'error_fingerprint' } = {
  kind: 'any_of',
  text: 'error_fingerprint',
  description:
    'a short digest of type, code, message and stack as they are recorded, the same on every machine',
  encode: (value) => (typeof value === 'string' && FINGERPRINT.test(value) ? value : undefined),
  isWithin: (other) => other === errorFingerprint,
  example: () => '7d4b0f1c92ae3568',
};

import type { Domain } from '../domains/index.js';
import { isUnchangedByScrubber } from '../scrubber/index.js';
import { isCodeWord } from './code-words.js';
import { isIdentifier } from './error-name.js';
import { isNodeModule } from './node-module.js';
import { RELEASE, toRelease } from './release.js';

/** A function without a name, or with one that may not be told. */
export const ANONYMOUS = '<anonymous>';

/** Where a call was: in a package, in Node, in the app itself, or somewhere that is nobody's business. */
export type Frame =
  | {
      readonly kind: 'package';
      readonly package: string;
      /** As the package says it; told up to its release. */
      readonly version: string;
      readonly function: string;
      readonly line: number;
    }
  /** `module` is a path below `node:`, such as `internal/fs/promises`. */
  | { readonly kind: 'node'; readonly module: string; readonly function: string }
  /** `path` is below the app's root, with `/`. */
  | { readonly kind: 'app'; readonly path: string; readonly function: string; readonly line: number }
  /** Another file, a function of the language itself, or a line that cannot be read. */
  | { readonly kind: 'external' | 'native' | 'unknown' };

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

/** The text of a frame; `<external>` if what it names may not be told. */
export function toFrameText(frame: Frame): string {
  const text = format(frame);
  return isFrameText(text) ? text : '<external>';
}

function format(frame: Frame): string {
  switch (frame.kind) {
    case 'package':
      return `${frame.package}@${toRelease(frame.version)}:${toSafeFunction(frame.function)}:${frame.line}`;
    case 'node':
      return `node:${frame.module}:${toSafeFunction(frame.function)}`;
    case 'app':
      return `<app>/${frame.path}:${toSafeFunction(frame.function)}:${frame.line}`;
    case 'external':
    case 'native':
    case 'unknown':
      return `<${frame.kind}>`;
    default:
      return frame satisfies never;
  }
}

const MAX_TEXT_LENGTH = 400;
const LINE = String.raw`\d{1,7}`;
const FUNCTION = '(?<function>[^:/]{1,80})';
const NAME = '[a-z0-9~][a-z0-9._~-]{0,60}';
/** Of code, also of code before it is compiled. */
const EXTENSION = '(?:[cm]?[jt]s|[jt]sx)';
const SEGMENT = '[\\w@+()[\\]-][\\w@.+()[\\]-]{0,79}';
/** Folders directly below the root in which programs keep what belongs to people. */
const OF_PEOPLE = '(?:cache|data|extensions|home|plugins|projects|storage|te?mp|uploads|users|workspaces?)';

const FORMS: readonly RegExp[] = [
  new RegExp(`^(?<name>(?:@${NAME}/)?${NAME})@${RELEASE}:${FUNCTION}:${LINE}$`),
  new RegExp(`^node:(?<module>[a-z_0-9/]{1,100}):${FUNCTION}$`),
  new RegExp(
    `^<app>/(?!${OF_PEOPLE}/)(?<path>(?:${SEGMENT})(?:/(?:${SEGMENT})){0,15})(?<=\\.${EXTENSION}):${FUNCTION}:${LINE}$`,
  ),
  /^<(?:external|native|unknown)>$/,
];

function isFrameText(text: string): boolean {
  if (text.length > MAX_TEXT_LENGTH) return false;
  const match = FORMS.map((form) => form.exec(text)).find((found) => found !== null);
  if (!match) return false;
  const { function: called = ANONYMOUS, name = '', path = '', module } = match.groups ?? {};
  const isKnownPlace = module === undefined || isNodeModule(module);
  return isKnownPlace && isFunctionName(called) && [name, path].every(isUnchangedByScrubber);
}

const MEMBER = String.raw`(?:#?[A-Za-z_$][\w$]*|<anonymous>|<computed>|<static_initializer>)`;
const FUNCTION_NAME = new RegExp(`^(?=.{1,80}$)${MEMBER}(?:\\.${MEMBER}){0,7}$`);

/** Names of functions can be made at run time, out of anything. */
function isFunctionName(text: string): boolean {
  return text === ANONYMOUS || (FUNCTION_NAME.test(text) && text.split('.').every(isMember));
}

function isMember(member: string): boolean {
  if (member.startsWith('<')) return true;
  return isIdentifier(member, /^#?[A-Za-z_$][\w$]{0,63}$/) && isInKnownWords(member);
}

/** Programmers of the language join words by capitals; what is joined otherwise is made of keys and titles more often than not. */
function isInKnownWords(name: string): boolean {
  const words = name.replace(/^[#_$]+|[_$]+$/g, '').split(/[_$]+/);
  return words.length === 1 || words.every((word) => word.length === 1 || isCodeWord(word));
}

const toSafeFunction = (text: string): string => (isFunctionName(text) ? text : ANONYMOUS);

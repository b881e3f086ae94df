import { isUnchangedByScrubber } from '../scrubber/index.js';
import { isCodeWord } from './code-words.js';
import { isIdentifier } from './error-name.js';
import { ANONYMOUS, type Frame } from './frame.js';
import { isNodeModule } from './node-module.js';
import { RELEASE, toRelease } from './release.js';

/** The text of a frame; `<external>` if what it names may not be told. See the domain `frameText`. */
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

/** Is it a text that {@link toFrameText} could have made? */
export function isFrameText(text: string): boolean {
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

/** Shows how one line of code is told apart, without a parser: does it define something, or is it a comment? */
import type { Language } from './language.js';

const IDENTIFIER = '([\\p{L}_$][\\p{L}\\p{N}_$]*)';
const MODIFIERS =
  '(?:(?:export|default|declare|abstract|async|public|private|protected|internal|static|final|override|readonly|' +
  'pub(?:\\([a-z ]*\\))?|unsafe|inline|extern|sealed|partial|virtual|data|const(?= +(?:fn|enum)))\\s+)*';
const KEYWORDS =
  '(?:class|interface|type|enum|function\\*?|def|fn|func|fun|struct|trait|module|namespace|record|object|protocol)';

/** `export class Name`, `pub fn name`, `func (r *Receiver) Name`, `async def name`. */
const DECLARATION = new RegExp(`^\\s*${MODIFIERS}${KEYWORDS}\\s+(?:\\([^)]*\\)\\s*)?${IDENTIFIER}`, 'u');
/** `export const NAME =`; unindented only, because every function is full of local variables. */
const TOP_LEVEL_VALUE = new RegExp(
  `^(?:export\\s+|pub\\s+|static\\s+)*(?:const|let|var|val)\\s+${IDENTIFIER}`,
  'u',
);
/** `  async name(…): Type {` and `  get name() {`. */
const METHOD = new RegExp(
  `^\\s+(?:(?:public|private|protected|static|async|override|get|set)\\s+)*[#*]?${IDENTIFIER}\\s*(?:<[^>]*>)?\\([^;]*\\)\\s*(?::[^;=]*)?\\{$`,
  'u',
);
const LOOKS_LIKE_METHOD: ReadonlySet<string> = new Set(['catch', 'for', 'if', 'switch', 'while', 'with']);

/** Longer lines are generated; it also keeps the expressions above from going over them again and again. */
const MAX_LINE_LENGTH = 300;

const DEFINES_NOTHING: ReadonlySet<Language> = new Set([
  'css',
  'dockerfile',
  'html',
  'ini',
  'json',
  'makefile',
  'markdown',
  'text',
  'toml',
  'xml',
  'yaml',
]);

/** The name a line gives to something, as written; undefined if it seems to define nothing. A guess by pattern. */
export function definedName(line: string, language: Language): string | undefined {
  if (line.length > MAX_LINE_LENGTH || DEFINES_NOTHING.has(language)) return undefined;
  const name = (DECLARATION.exec(line) ?? TOP_LEVEL_VALUE.exec(line))?.[1];
  if (name !== undefined) return name;
  const method = METHOD.exec(line.trimEnd())?.[1];
  return method === undefined || LOOKS_LIKE_METHOD.has(method) ? undefined : method;
}

const SLASHES = /^\s*(?:\/\/|\/\*|\*)/;
const HASH = /^\s*#/;
const DASHES = /^\s*--/;
const MARKUP = /^\s*<!--/;

const COMMENT_START: Readonly<Record<Language, RegExp | undefined>> = {
  c: SLASHES,
  cpp: SLASHES,
  csharp: SLASHES,
  css: SLASHES,
  dockerfile: HASH,
  go: SLASHES,
  html: MARKUP,
  ini: /^\s*[#;]/,
  java: SLASHES,
  javascript: SLASHES,
  json: SLASHES,
  kotlin: SLASHES,
  lua: DASHES,
  makefile: HASH,
  markdown: MARKUP,
  other: undefined,
  php: /^\s*(?:\/\/|\/\*|\*|#)/,
  python: HASH,
  ruby: HASH,
  rust: SLASHES,
  scala: SLASHES,
  shell: HASH,
  sql: DASHES,
  swift: SLASHES,
  text: undefined,
  toml: HASH,
  typescript: SLASHES,
  xml: MARKUP,
  yaml: HASH,
};

/** Whether a line starts with a comment. Code with a comment behind it is code. */
export function isComment(line: string, language: Language): boolean {
  return COMMENT_START[language]?.test(line) ?? false;
}

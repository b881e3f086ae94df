/** Shows closed lists: every file gets a language and a category that were written down beforehand. */

export const LANGUAGES = [
  'c',
  'cpp',
  'csharp',
  'css',
  'dockerfile',
  'go',
  'html',
  'ini',
  'java',
  'javascript',
  'json',
  'kotlin',
  'lua',
  'makefile',
  'markdown',
  'php',
  'python',
  'ruby',
  'rust',
  'scala',
  'shell',
  'sql',
  'swift',
  'text',
  'toml',
  'typescript',
  'xml',
  'yaml',
  'other',
] as const;
export type Language = (typeof LANGUAGES)[number];

export const FILE_CATEGORIES = ['code', 'config', 'docs', 'tests', 'other'] as const;
export type FileCategory = (typeof FILE_CATEGORIES)[number];

/** Lower-case extensions without the dot. A map, because a file may be called `notes.constructor`. */
const BY_EXTENSION: ReadonlyMap<string, Language> = new Map([
  ...extensions('c', 'c h'),
  ...extensions('cpp', 'cc cpp cxx hh hpp'),
  ...extensions('csharp', 'cs'),
  ...extensions('css', 'css less sass scss'),
  ...extensions('go', 'go'),
  ...extensions('html', 'astro htm html svelte vue'),
  ...extensions('ini', 'cfg conf ini properties'),
  ...extensions('java', 'java'),
  ...extensions('javascript', 'cjs js jsx mjs'),
  ...extensions('json', 'json json5 jsonc jsonl'),
  ...extensions('kotlin', 'kt kts'),
  ...extensions('lua', 'lua'),
  ...extensions('makefile', 'mk'),
  ...extensions('markdown', 'markdown md mdx'),
  ...extensions('php', 'php'),
  ...extensions('python', 'py pyi'),
  ...extensions('ruby', 'rb'),
  ...extensions('rust', 'rs'),
  ...extensions('scala', 'sc scala'),
  ...extensions('shell', 'bash fish sh zsh'),
  ...extensions('sql', 'sql'),
  ...extensions('swift', 'swift'),
  ...extensions('text', 'adoc rst txt'),
  ...extensions('toml', 'toml'),
  ...extensions('typescript', 'cts mts ts tsx'),
  ...extensions('xml', 'svg xml xsd'),
  ...extensions('yaml', 'yaml yml'),
]);

/** Whole file names in lower case, for files that have no telling extension. */
const BY_NAME: ReadonlyMap<string, Language> = new Map([
  ['changelog', 'text'],
  ['containerfile', 'dockerfile'],
  ['dockerfile', 'dockerfile'],
  ['gemfile', 'ruby'],
  ['license', 'text'],
  ['makefile', 'makefile'],
  ['notice', 'text'],
  ['rakefile', 'ruby'],
  ['readme', 'text'],
]);

const DOCUMENTS: ReadonlySet<Language> = new Set(['markdown', 'text']);
const CONFIGURATION: ReadonlySet<Language> = new Set([
  'dockerfile',
  'ini',
  'json',
  'makefile',
  'toml',
  'xml',
  'yaml',
]);

const TEST_FOLDER = /(?:^|\/)(?:__tests__|tests?|specs?)\//i;
const TEST_NAME = /(?:[._-](?:test|spec)\.\w+|(?:^|\/)test_[^/]*\.py)$/i;
const CONFIG_NAME = /(?:^|\/)(?:\.[^/]+|[^/]+\.config\.\w+)$/i;

/** The language of a file, judged by its name alone. @param path - relative to the root, with `/` between its parts */
export function languageOf(path: string): Language {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  const extension = name.slice(name.lastIndexOf('.') + 1);
  return BY_NAME.get(name) ?? BY_EXTENSION.get(extension) ?? 'other';
}

/** What a file is for, judged by its name and folder. A document stays a document inside a folder of tests. */
export function categoryOf(path: string): FileCategory {
  const language = languageOf(path);
  if (DOCUMENTS.has(language)) return 'docs';
  if (TEST_FOLDER.test(path) || TEST_NAME.test(path)) return 'tests';
  if (CONFIGURATION.has(language) || CONFIG_NAME.test(path)) return 'config';
  return language === 'other' ? 'other' : 'code';
}

function extensions(language: Language, list: string): [extension: string, language: Language][] {
  return list.split(' ').map((extension) => [extension, language]);
}

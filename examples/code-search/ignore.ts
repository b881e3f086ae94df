/** Shows how the lines of a `.gitignore` become one question: is this path ignored? */

/** @param path - relative to the folder of the ignore file, with `/` between its parts */
export type IsIgnored = (path: string, isFolder: boolean) => boolean;

interface Rule {
  readonly pattern: RegExp;
  readonly foldersOnly: boolean;
  readonly ignores: boolean;
}

/**
 * Read the text of one `.gitignore`.
 *
 * Understands comments, `!`, a trailing `/`, anchoring by an inner `/`, `*`, `**`, `?` and `[a-z]`; the last line that
 * matches a path decides. Backslash escapes are taken literally, and a line that makes no valid pattern is passed over.
 *
 * @returns a test for one path. It does not look at parents: whoever walks must not enter an ignored folder.
 */
export function parseIgnore(text: string): IsIgnored {
  const rules = text.split('\n').flatMap(parseRule);
  return (path, isFolder) =>
    rules.findLast((rule) => (isFolder || !rule.foldersOnly) && rule.pattern.test(path))?.ignores ?? false;
}

function parseRule(line: string): Rule[] {
  const trimmed = line.trim();
  if (trimmed === '' || trimmed.startsWith('#')) return [];
  const ignores = !trimmed.startsWith('!');
  const glob = ignores ? trimmed : trimmed.slice(1);
  const foldersOnly = glob.endsWith('/');
  const pattern = toPattern(foldersOnly ? glob.slice(0, -1) : glob);
  return pattern === undefined ? [] : [{ pattern, foldersOnly, ignores }];
}

function toPattern(glob: string): RegExp | undefined {
  const isAnchored = glob.includes('/');
  const source = glob
    .replace(/^\//, '')
    .replaceAll(/\*\*\/|\/\*\*$|\*+|\?|\[!?[^\]/]+\]|\W/g, (token) => translate(token));
  try {
    return new RegExp(`^${isAnchored ? '' : '(?:.*/)?'}${source}$`, 's');
  } catch {
    return undefined;
  }
}

function translate(token: string): string {
  if (token === '**/') return '(?:.*/)?';
  if (token === '/**') return '/.+';
  if (token.startsWith('*')) return '[^/]*';
  if (token === '?') return '[^/]';
  if (token.length > 1) return token.replace('[!', '[^').replaceAll('\\', '\\\\');
  return `\\${token}`;
}

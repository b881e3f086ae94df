import { forEachMatch, matchEnd } from '../../matching.js';
import type { Rule } from '../../rule.js';
import { Trait } from '../../traits.js';
import { claimTellingParts } from './path-parts.js';

/** Folders on whose next level somebody's name is found, wherever they stand in a path. */
const HOMES = /[\\/](?:home|Users|Profiles|Documents and Settings)[\\/]+[^\\/]/i;

/** A path never starts in the middle of a word or of another path, except behind an option: `-I/home/…`. */
const AFTER_SLASH = String.raw`(?:(?<![\w.~/\\%$})\]-]/)|(?<=\s-[A-Za-z]{1,3}/))`;
/** The rest of a last part with spaces, in a quoted path. */
const UP_TO_QUOTE = /(?: [^\s/\\"'`:;,<>|*?()]+){1,3}(?=["'`])/y;
const LETTER = String.raw`[A-Za-z\u00c0-\uffff]`;
/** What no part of a path holds here: white space, quotes, and what usually stands around a path. */
const POSIX_END = String.raw`\s\u0000-\u001f/\\"'\x60:;,<>|*?()[\]{}`;
const WINDOWS_END = String.raw`\s\u0000-\u001f/\\"'\x60:;,<>|*?`;
const POSIX_REST = `(?:/{1,2}(?:${partOf(POSIX_END, '/')})?)*`;
const WINDOWS_REST = String.raw`(?:[\\/]{1,4}(?:${partOf(WINDOWS_END, String.raw`[\\/]`)})?)*`;

/** Roots below which homes, projects, mounts and scratch files lie. Others are system folders, or routes of a server. */
const POSIX_ROOTS =
  'home|Users|root|export|srv|opt|mnt|media|Volumes|System/Volumes|cygdrive|net|nfs|scratch|data|projects?|repos?|' +
  'code|workspaces?|builds?|tmp|private|var/(?:home|folders|www|tmp|lib/jenkins)|usr/home|usr/local/home|run/(?:media|user)|[a-z]/Users';
/** Software, not people. */
const POSIX_SYSTEM = /^\/opt\/(?:homebrew|hostedtoolcache|local|nodejs?)\b/;
const WINDOWS_SYSTEM = /^[A-Za-z]:[\\/]+(?:Windows|Program Files(?: \(x86\))?|hostedtoolcache)(?:[\\/]|$)/i;

const POSIX = new RegExp(`/${AFTER_SLASH}(?:${POSIX_ROOTS})(?=/+[^\\s/"'\`)])${POSIX_REST}`, 'g');
const FILE_URL = new RegExp(
  `(?<![\\w])(?:file|vscode[\\w-]*):/{2,3}(?=[^\\s/])(?:${partOf(WINDOWS_END, '[\\\\/]')})${WINDOWS_REST}`,
  'gi',
);
const DRIVE = new RegExp(
  String.raw`(?:(?<![\w.])\\{2,4}\?\\{1,2}|(?<![\w.\\]))[A-Za-z]:(?=(?:\\{1,4}|/{1,2})[^${WINDOWS_END}])${WINDOWS_REST}`,
  'g',
);
const UNC = new RegExp(
  String.raw`(?<![\w.:\\\]|)])(?:\\{4}|\\{2})(?=[\w.$-]{2,255}\\{1,2}[^${WINDOWS_END}]{2})[\w.$-]+${WINDOWS_REST}`,
  'g',
);
const TILDE = /(?<![\w~])~[A-Za-z_][\w.-]*(?=\/)[^\s:'"`)]*/g;

/** Absolute POSIX paths below a root that names people or projects. */
const posix = pathRule('path-posix', Trait.rootMark, POSIX, (path) => !POSIX_SYSTEM.test(path));
/** Paths on a Windows drive outside the system's own folders. */
const drive = pathRule(
  'path-drive',
  Trait.driveMark,
  DRIVE,
  (path) => HOMES.test(path) || !WINDOWS_SYSTEM.test(path),
);
/** `\\server\share\…`, also with doubled backslashes. */
const unc = pathRule('path-unc', Trait.backslash, UNC);
/** `file:` URLs, and those of editors that lead into somebody's home. */
const fileUrl = pathRule(
  'path-url',
  Trait.urlMark,
  FILE_URL,
  (path) => /^file:/i.test(path) || HOMES.test(path),
  /:\/\//,
);
/** `~somebody/…`; a bare `~` names nobody. */
const tilde = pathRule('path-tilde', Trait.tilde, TILDE);

export const pathRules: readonly Rule[] = [fileUrl, drive, unc, posix, tilde];

/**
 * One part of a path, with an apostrophe inside a name. It may hold up to three single spaces if a separator follows,
 * which shows that the path goes on.
 */
function partOf(end: string, separator: string): string {
  const word = `[^${end}]+(?:'(?=${LETTER})[^${end}]+)?`;
  return `${word}(?: (?!-)[^${end}=]+){0,3}(?=${separator})|${word}`;
}

function pathRule(
  name: string,
  needs: number,
  pattern: RegExp,
  accepts = (_path: string) => true,
  probe?: RegExp,
): Rule {
  return {
    name,
    kind: 'path',
    needs,
    find(text, claim) {
      if (probe && !probe.test(text)) return;
      forEachMatch(pattern, text, ([path]) => {
        const end = pattern.lastIndex;
        const start = end - path.length;
        const quotedEnd = isQuote(text[start - 1]) ? matchEnd(UP_TO_QUOTE, text, end) : undefined;
        if (accepts(path))
          claimTellingParts(text.slice(start, quotedEnd ?? end).replace(/[.\\/]+$/, ''), start, claim);
      });
    },
  };
}

function isQuote(character: string | undefined): boolean {
  return character === '"' || character === "'" || character === '`';
}

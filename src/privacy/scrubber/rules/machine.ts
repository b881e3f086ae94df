import type { MachineNames } from '../../../internal/index.js';
import type { IdentifiableKind } from '../finding.js';
import { isGenericName } from '../generic-names.js';
import { forEachMatch } from '../matching.js';
import type { Rule } from '../rule.js';
import { isGenericPath } from './path/path-parts.js';

/** Shorter names are syllables of ordinary words. */
const MIN_NAME = 3;

interface ExactName {
  readonly kind: IdentifiableKind;
  readonly spelling: string;
}

/**
 * Rules that find the names of one machine wherever they stand, in any case, as words of their own: its user, its host
 * (also without the domain), the home and working directories in the spellings of POSIX, Windows, file URLs and
 * percent-encoding. Names that could be anybody's (`root`, `localhost`, `/usr/src/app`) and those of fewer than three
 * characters are left alone.
 *
 * @returns no rule when every name is left alone
 */
export function machineRules(names: MachineNames): readonly Rule[] {
  const exact = exactNames(names);
  if (exact.length === 0) return [];
  const kinds = new Map(exact.map(({ kind, spelling }) => [spelling.toLowerCase(), kind]));
  // Longest first: a home goes before the user that it is named after.
  const lowered = [...kinds.keys()].sort((a, b) => b.length - a.length);
  const pattern = new RegExp(
    `(?<![\\p{L}\\p{N}])(?:${lowered.map(toPattern).join('|')})(?![\\p{L}\\p{N}])`,
    'giu',
  );
  const probe = new RegExp(innermost(lowered).map(toPattern).join('|'), 'iu');
  return [
    {
      name: 'machine',
      kind: 'user',
      needs: 0,
      find(text, claim) {
        if (!probe.test(text)) return;
        forEachMatch(pattern, text, ({ 0: name, index }) =>
          claim(index, index + name.length, kinds.get(name.toLowerCase())),
        );
      },
    },
  ];
}

function exactNames({ users, host, home, workingDirectory }: MachineNames): readonly ExactName[] {
  const names = [
    ...users.flatMap(spellingsOfName).map((spelling) => ({ kind: 'user' as const, spelling })),
    ...[host, host?.split('.')[0]]
      .flatMap(spellingsOfName)
      .map((spelling) => ({ kind: 'host' as const, spelling })),
  ];
  const paths = [home, workingDirectory].flatMap(spellingsOfPath);
  return [...names, ...paths.map((spelling) => ({ kind: 'path' as const, spelling }))];
}

function spellingsOfName(name: string | undefined): readonly string[] {
  if (name === undefined || name.length < MIN_NAME || isGenericName(name)) return [];
  return unique([name, encodeURIComponent(name), encodeURI(name)]);
}

/** `/home/ada b` is also `/home/ada%20b`; `C:\\Users\\ada` also `C:\\\\Users\\\\ada`, `C:/Users/ada` and `/c/Users/ada`. */
function spellingsOfPath(path: string | undefined): readonly string[] {
  const trimmed = path?.replace(/[\\/]+$/, '');
  if (trimmed === undefined || isGenericPath(trimmed)) return [];
  const forward = trimmed.replaceAll('\\', '/');
  const drive = /^([A-Za-z]):\//.exec(forward);
  return unique([
    trimmed,
    trimmed.replaceAll('\\', '\\\\'),
    forward,
    encodeURI(forward),
    encodeURIComponent(forward),
    ...(drive ? [`/${drive[1]}/${forward.slice(3)}`, `/mnt/${drive[1]}/${forward.slice(3)}`] : []),
  ]);
}

/** Those that hold no other: a text without them has none of the rest either. */
function innermost(spellings: readonly string[]): readonly string[] {
  return spellings.filter((outer) => !spellings.some((inner) => inner !== outer && outer.includes(inner)));
}

const unique = (texts: readonly string[]): readonly string[] => [...new Set(texts)];
const toPattern = (literal: string): string => literal.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

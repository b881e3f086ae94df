import { BoundedCache } from '../../../../internal/index.js';
import type { Claim } from '../../rule.js';

/** Folders on whose next level somebody's name is found, wherever they stand in a path. */
const HOMES = /^(?:home|users|profiles|documents and settings|media)$/i;
/** Folders of public code: what lies below says what failed, and is the same on every machine. */
const PACKAGES =
  /^(?:node_modules|site-packages|dist-packages|\.pnpm|\.yarn|gems|crates\.io|toolchains)$|^index\.crates\.io-/;
/** Where the part of a project begins that a relative path would show as well. */
const SOURCES = new Set(
  (
    'src lib dist build out test tests spec specs __tests__ packages apps pkg cmd internal bin scripts ' +
    'components pages routes api include target migrations prisma .github ' +
    '.next .nuxt .svelte-kit .output .turbo'
  ).split(' '),
);
/** Names that machines, systems and tools give to folders and files: they are the same everywhere. */
const CONVENTIONAL = new Set(
  (
    'home users root wsl$ wsl%24 wsl.localhost ubuntu debian profiles var usr opt srv mnt media volumes data system export cygdrive net nfs private run tmp temp folders www html etc ' +
    'workspace workspaces work code dev projects project repos repo go git github local share local state bin sbin lib lib64 libexec ' +
    'library caches cache logs _logs log application support containers preferences desktop documents downloads pictures music movies ' +
    'appdata roaming locallow program files programs microsoft npm npm-cache pnpm yarn node nodejs python ruby java php rust vendor ' +
    'ideaprojects webstormprojects pycharmprojects androidstudioprojects visual studio source eclipse-workspace ' +
    '.config .cache .local .npm .nvm .volta .fnm .asdf .cargo .rustup .rbenv .pyenv .gem .bundle .ssh .aws .azure .docker .kube .git ' +
    '.vscode .vscode-server .cursor .idea .gradle .m2 .nuget .dotnet .android .conda .venv venv env .pnpm-store .yarn .deno .bun .npmrc ' +
    '.netrc .env .bashrc .zshrc .profile .gitconfig .gitignore versions installation registry repository homebrew cellar opt hostedtoolcache ' +
    'index main app server client config settings package package-lock tsconfig setup install build test tests readme license changelog ' +
    'makefile dockerfile conf cfg settings bundle vite webpack rollup babel jest vitest eslint prettier gruntfile gulpfile commit_editmsg head cli console default error types util utils helpers common core shared a b c d e f g x y z'
  ).split(' '),
);
/** Nouns that programs of all makers are called by: a name of these alone says nothing of whose it is. */
const COMMON_NOUNS = new Set(
  (
    'api app apps web site website www shop store blog admin portal dashboard backend frontend server service services client worker workers ' +
    'gateway proxy auth core common shared ui mobile desktop cli tool tools sdk lib demo example examples sample test tests my new old the main ' +
    'monorepo platform engine bot job jobs queue cron scheduler task tasks migration script db database cache storage infra deploy ' +
    'typescript javascript ts js node python go rust java react vue next express'
  ).split(' '),
);

/** Dates, as in the names of log files; versions; schemes; the letters of drives. */
const NUMBERED =
  /^(?:[a-z][\w+-]*:|\?|v?\d+(?:\.\d+)*|\d{4}-\d\d-\d\d[\dTZ_:-]*(?:-debug-\d+)?(?:\.log)?|\[eval\d*\]|<[A-Z_]+>)$/i;
const SPACED =
  /^(?:application support|program files(?: \(x86\))?|microsoft vs code|mobile documents|common files|local settings)$/;
const EXTENSION = /(?:\.[a-z0-9]{1,8}){1,2}$/i;

/**
 * Claim the parts of an absolute path that tell whose machine it is and what they work on: the owner of a home, and
 * every name that is not the same everywhere, up to the folder where a project keeps its sources. What follows there is
 * what a relative path would say, and public code says nothing of anybody.
 *
 * @param path - as it stands in the text
 * @param offset - where it stands
 */
export function claimTellingParts(path: string, offset: number, claim: Claim): void {
  let isOwnerNext = false;
  let isInProject = false;
  let claimed: { start: number; end: number } | undefined;
  const flush = () => {
    if (claimed) claim(offset + claimed.start, offset + claimed.end);
    claimed = undefined;
  };
  for (let part = nextPart(path, 0); part; part = nextPart(path, part.end)) {
    const name = path.slice(part.start, part.end);
    if (PACKAGES.test(name) || (isInProject && SOURCES.has(name))) break;
    const isOwner = isOwnerNext && !HOMES.test(name);
    isOwnerNext = HOMES.test(name);
    const kind = isOwner ? 'telling' : kindOfName(name);
    if (!isOwner && kind !== 'conventional') isInProject = true;
    if (kind !== 'telling') {
      flush();
      continue;
    }
    claimed = { start: claimed?.start ?? part.start, end: part.end };
  }
  flush();
}

/** The part that begins behind the separators at `from`; undefined at the end of the path. */
function nextPart(path: string, from: number): { readonly start: number; readonly end: number } | undefined {
  let start = from;
  while (start < path.length && isSeparator(path.charCodeAt(start))) start += 1;
  if (start === path.length) return undefined;
  let end = start;
  while (end < path.length && !isSeparator(path.charCodeAt(end))) end += 1;
  return { start, end };
}

const isSeparator = (code: number): boolean => code === 47 || code === 92;

/** Whether every part of a path is the same on many machines: `/usr/src/app`, `/root`. */
export function isGenericPath(path: string): boolean {
  let isTelling = false;
  claimTellingParts(path, 0, () => {
    isTelling = true;
  });
  return !isTelling;
}

/** `common`: the name of a project, but one that many have. */
type PartKind = 'conventional' | 'common' | 'telling';

const CACHED_NAMES = 512;
const known = new BoundedCache<string, PartKind>(CACHED_NAMES);

/** The same folders come up over and over in one stack. */
function kindOfName(name: string): PartKind {
  let kind = known.get(name);
  if (kind === undefined) {
    kind = judge(name);
    known.set(name, kind);
  }
  return kind;
}

function judge(name: string): PartKind {
  const plain = name.toLowerCase();
  const isConventional =
    HOMES.test(name) ||
    CONVENTIONAL.has(plain) ||
    SOURCES.has(plain) ||
    CONVENTIONAL.has(plain.replace(EXTENSION, '')) ||
    SPACED.test(plain) ||
    NUMBERED.test(name);
  if (isConventional) return 'conventional';
  return plain.split(/[-_.]/).every((noun) => COMMON_NOUNS.has(noun)) ? 'common' : 'telling';
}

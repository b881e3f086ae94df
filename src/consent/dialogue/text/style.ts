/** How a text may be laid out on one terminal. */
export interface TextStyle {
  /** Columns to wrap at, 40 to 100. */
  readonly width: number;
  readonly color: boolean;
  /** Whether characters outside ASCII can be shown. */
  readonly unicode: boolean;
}

export interface StyleInput {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly isTerminal: boolean;
  /** Columns of the terminal; undefined where that is not known. */
  readonly columns: number | undefined;
  /** As `process.platform` says. */
  readonly platform: string;
}

const DEFAULT_COLUMNS = 80;
const [MIN_COLUMNS, MAX_COLUMNS] = [40, 100];

/** By convention: `NO_COLOR` over `FORCE_COLOR` over `TERM=dumb` over whether it is a terminal; characters by the locale. */
export function resolveTextStyle({ env, isTerminal, columns, platform }: StyleInput): TextStyle {
  return {
    width: Math.min(Math.max(columns || DEFAULT_COLUMNS, MIN_COLUMNS), MAX_COLUMNS),
    color: hasColor(env, isTerminal),
    unicode: hasUnicode(env, platform),
  };
}

function hasColor({ NO_COLOR, FORCE_COLOR, TERM }: StyleInput['env'], isTerminal: boolean): boolean {
  if (NO_COLOR) return false;
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  return isTerminal && TERM !== 'dumb';
}

function hasUnicode(env: StyleInput['env'], platform: string): boolean {
  if (platform === 'win32') return Boolean(env.WT_SESSION) || env.TERM_PROGRAM === 'vscode';
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG;
  return locale ? /utf-?8/i.test(locale) : platform === 'darwin';
}

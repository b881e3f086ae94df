import { parse } from 'yaml';
import { read } from '../../../scripts/documents.js';

export interface ComposeService {
  readonly image: string;
  readonly command?: readonly string[];
  readonly profiles?: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly networks: readonly string[];
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck: { readonly test: readonly string[] };
  readonly read_only: boolean;
  readonly cap_drop: readonly string[];
  readonly security_opt: readonly string[];
}

export interface ComposeFile {
  readonly name: string;
  readonly services: Readonly<Record<string, ComposeService>>;
  readonly networks: Readonly<
    Record<string, { readonly internal?: boolean; readonly driver_opts?: Readonly<Record<string, string>> }>
  >;
  readonly volumes: Readonly<Record<string, object>>;
}

/** A variable that a compose file takes from outside, as in `${NAME:?what is missing}` and `${NAME:-otherwise}`. */
const REFERENCE = /\$\{([A-Z_]+):([?-])([^}]*)\}/g;

export interface Reference {
  readonly name: string;
  /** Whether nothing is done without it. */
  readonly isNeeded: boolean;
  /** What holds without it. */
  readonly otherwise: string;
}

export function referencesOf(text: string): readonly Reference[] {
  return [...text.matchAll(REFERENCE)].map(([, name = '', kind, rest = '']) => ({
    name,
    isNeeded: kind === '?',
    otherwise: kind === '?' ? '' : rest,
  }));
}

/** @throws for a variable that is needed and not there */
export function readCompose(path: string, variables: Readonly<Record<string, string>>): ComposeFile {
  const text = read(path).replaceAll(REFERENCE, (_, name: string, kind: string, rest: string) => {
    const value = variables[name] ?? '';
    if (value === '' && kind === '?') throw new Error(`${name} is missing`);
    return value === '' ? rest : value;
  });
  return parse(text, { merge: true }) as ComposeFile;
}

import { join } from 'node:path';
import { installed } from './checkout.js';
import { installPackages } from './packed-package.js';

/** The compilers that makers have, as npm takes them, each under a name of its own. */
const PACKAGES = {
  'typescript-5.4': 'npm:typescript@~5.4.0',
  'typescript-5.9': 'npm:typescript@~5.9.0',
  'typescript-6': 'npm:typescript@6',
  'typescript-7': `npm:${installed('typescript')}`,
  esbuild: '0.28',
  '@swc/core': '1',
} as const;

export const TYPESCRIPTS = ['5.9', '6', '7'] as const;
/** As the README says. Types of peers may need a later one. */
export const OLDEST_TYPESCRIPT = '5.4';
export type TypeScriptVersion = (typeof TYPESCRIPTS)[number] | typeof OLDEST_TYPESCRIPT;

export interface Compilers {
  /** The folder they are installed in. */
  readonly folder: string;
  /** A version of the compiler of TypeScript, as a program for `node`. */
  tsc(version: TypeScriptVersion): string;
}

/** @param names - those that are needed; all versions of TypeScript are installed */
export async function installCompilers(
  folder: string,
  names: readonly ('esbuild' | '@swc/core')[] = [],
): Promise<Compilers> {
  const versions: readonly TypeScriptVersion[] = [OLDEST_TYPESCRIPT, ...TYPESCRIPTS];
  const wanted = [...versions.map((version) => `typescript-${version}` as const), ...names];
  await installPackages(
    folder,
    wanted.map((name) => `${name}@${PACKAGES[name]}`),
  );
  return {
    folder,
    tsc: (version) => join(folder, 'node_modules', `typescript-${version}`, 'bin', 'tsc'),
  };
}

/** What a strict project says, whichever way it finds modules. */
export const STRICT = {
  target: 'es2022',
  types: ['node'],
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  skipLibCheck: false,
} as const;

import { cp, mkdir, symlink, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { CHECKOUT, installed } from './checkout.js';
import { runTool } from './program.js';

/** What a clean checkout has not, and what is none of the package's business. */
const LEFT_OUT = new Set(['node_modules', 'dist', 'coverage', '.git']);

export interface PackedPackage {
  /** Path of the tarball that would be published. */
  readonly tarball: string;
  /** Paths of the files in it. */
  readonly files: readonly string[];
}

/** Build and pack this package as for a release. The build takes place in a copy, so that the checkout keeps its `dist`. */
export async function packPackage(folder: string): Promise<PackedPackage> {
  const copy = join(folder, 'copy');
  await cp(CHECKOUT, copy, { recursive: true, filter: (source) => !LEFT_OUT.has(basename(source)) });
  await symlink(join(CHECKOUT, 'node_modules'), join(copy, 'node_modules'), 'junction');
  const inCopy = { cwd: copy, env: process.env };
  await runTool('npm', ['run', 'build'], inCopy);
  const packed = JSON.parse(await runTool('npm', ['pack', '--json'], inCopy)) as unknown;
  const { filename, files } = Object.values(packed as object)[0] as {
    filename: string;
    files: { path: string }[];
  };
  return { tarball: join(copy, filename), files: files.map(({ path }) => path) };
}

/**
 * An empty project that installs the tarball and some packages beside it, as a maker does.
 *
 * @param names - packages in the versions that this checkout has
 */
export async function installInto(folder: string, tarball: string, names: readonly string[]): Promise<void> {
  await mkdir(folder);
  await writeFile(
    join(folder, 'package.json'),
    '{ "name": "consumer", "private": true, "type": "module" }\n',
  );
  const packages = [tarball, ...names.map(installed)];
  const quietly = ['--no-audit', '--no-fund', '--prefer-offline', '--ignore-scripts'];
  await runTool('npm', ['install', ...quietly, ...packages], { cwd: folder, env: process.env });
}

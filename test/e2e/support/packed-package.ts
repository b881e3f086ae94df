import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { CHECKOUT, installed } from './checkout.js';
import { runTool } from './program.js';

/** What a clean checkout has not, and what is none of the package's business. */
const LEFT_OUT = new Set(['node_modules', 'dist', 'coverage', '.git', 'test', 'bench']);

/** Tarballs of checkouts with the very same content: many tests install one, and each would build it. */
const KEPT = join(CHECKOUT, 'node_modules', '.cache', 'sotto-packed');
const MAX_KEPT = 3;
const LIST = 'files.json';

export interface PackedPackage {
  /** Path of the tarball that would be published. */
  readonly tarball: string;
  /** Paths of the files in it. */
  readonly files: readonly string[];
}

/** Build and pack this package as for a release. The build takes place in a copy, so that the checkout keeps its `dist`. */
export async function packPackage(folder: string): Promise<PackedPackage> {
  const copy = join(folder, 'copy');
  await cp(CHECKOUT, copy, { recursive: true, filter: isOfPackage });
  // Of the copy: the checkout may be changed meanwhile.
  const kept = join(KEPT, await digestOf(copy));
  if (!existsSync(kept)) await keep(await build(copy), kept);
  const tarball = join(folder, 'sotto.tgz');
  await cp(join(kept, basename(tarball)), tarball);
  return { tarball, files: JSON.parse(await readFile(join(kept, LIST), 'utf8')) as string[] };
}

function isOfPackage(source: string): boolean {
  const [top = ''] = relative(CHECKOUT, source).split('/');
  return !LEFT_OUT.has(top);
}

/** Of the names and contents of all files in there, among them the lockfile, which says with what it is built. */
async function digestOf(folder: string): Promise<string> {
  const hash = createHash('sha256');
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  for (const path of paths.sort()) {
    const content = await readFile(path);
    hash.update(`${relative(folder, path)}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

async function build(copy: string): Promise<PackedPackage> {
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

async function keep({ tarball, files }: PackedPackage, kept: string): Promise<void> {
  const unfinished = `${kept}.${randomUUID()}`;
  await mkdir(unfinished, { recursive: true });
  await cp(tarball, join(unfinished, 'sotto.tgz'));
  await writeFile(join(unfinished, LIST), JSON.stringify(files));
  // Another test may have kept the same one meanwhile.
  await rename(unfinished, kept).catch(() => rm(unfinished, { recursive: true }));
  const ages = (await readdir(KEPT)).map(async (name) => {
    const path = join(KEPT, name);
    return { path, keptAtMs: (await stat(path)).mtimeMs };
  });
  const newestFirst = (await Promise.all(ages)).sort((one, other) => other.keptAtMs - one.keptAtMs);
  for (const { path } of newestFirst.slice(MAX_KEPT)) await rm(path, { recursive: true, force: true });
}

/**
 * An empty project that installs the tarball and some packages beside it, as a maker does.
 *
 * @param names - packages in the versions that this checkout has
 */
export function installInto(folder: string, tarball: string, names: readonly string[]): Promise<void> {
  return installPackages(folder, [tarball, ...names.map(installed)]);
}

/** An empty project that installs packages, as npm takes them: `hono@4`, `old@npm:hono@4.12`. Scripts of theirs are not run. */
export async function installPackages(folder: string, packages: readonly string[]): Promise<void> {
  await mkdir(folder);
  await writeFile(
    join(folder, 'package.json'),
    '{ "name": "consumer", "private": true, "type": "module" }\n',
  );
  const quietly = ['--no-audit', '--no-fund', '--prefer-offline', '--ignore-scripts'];
  await runTool('npm', ['install', ...quietly, ...packages], { cwd: folder, env: process.env });
}

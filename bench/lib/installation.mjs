import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** As a maker installs, without the installers of packages: what those fetch is no part of a package. */
const QUIETLY = ['--no-audit', '--no-fund', '--prefer-offline', '--ignore-scripts'];

/**
 * Pack a package as it stands, for somebody else to install.
 *
 * @param {string} root the package's folder, built
 * @param {string} folder where the tarball goes
 * @returns {Promise<string>} the tarball's path
 */
export async function packPackage(root, folder) {
  const { stdout } = await run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
    cwd: root,
  });
  const [{ filename }] = Object.values(JSON.parse(stdout));
  return join(folder, filename);
}

/**
 * Install packages into an empty project.
 *
 * @param {string} folder made here
 * @param {readonly string[]} packages tarballs, or names with versions
 * @returns {Promise<number>} how many packages there are then
 */
export async function installInto(folder, packages) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "name": "consumer", "private": true, "type": "module" }\n');
  await run('npm', ['install', ...QUIETLY, ...packages], { cwd: folder });
  const lock = JSON.parse(readFileSync(join(folder, 'node_modules', '.package-lock.json'), 'utf8'));
  return Object.keys(lock.packages).length;
}

import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { CHECKOUT } from './checkout.js';
import { installInto, packPackage } from './packed-package.js';
import { createSandbox } from './sandbox.js';

const PROGRAMS = join(CHECKOUT, 'test', 'e2e', 'delivery', 'programs');

/** A project that has installed the package as it would be published, with the programs of the drills. */
export interface DrillProject extends Disposable {
  readonly folder: string;
}

/**
 * @param programs - the folder of the programs
 * @param packages - names of packages that are installed too
 */
export async function createDrillProject(
  programs: string = PROGRAMS,
  packages: readonly string[] = [],
): Promise<DrillProject> {
  const sandbox = await createSandbox();
  const { tarball } = await packPackage(sandbox.root);
  const folder = join(sandbox.root, 'project');
  await installInto(folder, tarball, packages);
  await cp(programs, folder, { recursive: true });
  return { folder, [Symbol.dispose]: () => sandbox[Symbol.dispose]() };
}

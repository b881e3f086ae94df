import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { CHECKOUT } from './checkout.js';
import { installInto, packPackage } from './packed-package.js';
import { createSandbox } from './sandbox.js';

const PROGRAMS = join(CHECKOUT, 'test', 'e2e', 'delivery', 'programs');

/** A project that has installed the package as it would be published, and nothing else, with the programs of the drills. */
export interface DrillProject extends Disposable {
  readonly folder: string;
}

export async function createDrillProject(): Promise<DrillProject> {
  const sandbox = await createSandbox();
  const { tarball } = await packPackage(sandbox.root);
  const folder = join(sandbox.root, 'project');
  await installInto(folder, tarball, []);
  await cp(PROGRAMS, folder, { recursive: true });
  return { folder, [Symbol.dispose]: () => sandbox[Symbol.dispose]() };
}

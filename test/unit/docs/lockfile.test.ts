import { expect, it } from 'vitest';
import { read } from '../../../scripts/documents.js';

interface Locked {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const { packages } = JSON.parse(read('package-lock.json')) as { packages: Record<string, Locked> };

// `npm ci` refuses a lockfile that leaves one out, and npm leaves out what its registry could not show it.
it('package-lock.json holds every package that another one asks for, on whatever platform', () => {
  const missing = Object.entries(packages).flatMap(([path, { dependencies, optionalDependencies }]) =>
    Object.keys({ ...dependencies, ...optionalDependencies }).filter((name) => !isInstalledFor(path, name)),
  );
  expect(missing).toEqual([]);
});

/** Where node looks: beside the package, and in every folder above it. */
function isInstalledFor(path: string, name: string): boolean {
  for (let folder = path; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const place = folder.startsWith('node_modules/')
      ? `${folder}/node_modules/${name}`
      : `node_modules/${name}`;
    if (Object.hasOwn(packages, place)) return true;
    if (folder === '') return false;
  }
}

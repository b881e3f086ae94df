import { existsSync } from 'node:fs';
import { TelemetryError } from './errors.js';
import { requireLate } from './require-late.js';

/** Functions of the package that stand in a file of their own. */
type Part = Readonly<Record<string, (...args: never[]) => unknown>>;

const parts = new Map<string, Part>();

/**
 * What stands in a file beside the main entry, loaded by its first use. The build alone calls what is in here: in the source the same
 * functions are imported like any others (scripts/build/late-parts.ts).
 */
export function loadPart(name: string): Part {
  const known = parts.get(name);
  if (known) return known;
  const loaded = requireLate(`./${name}.js`) as Part;
  parts.set(name, loaded);
  return loaded;
}

/** Have a part without a file: a bundle brings it along. */
export function providePart(name: string, part: Part): void {
  parts.set(name, part);
}

/** @throws {TelemetryError} `PACKAGE_INCOMPLETE` where the file of a part is not: now, and not with the first event */
export function requireParts(names: readonly string[]): void {
  if (names.every(isHere)) return;
  throw new TelemetryError(
    'PACKAGE_INCOMPLETE',
    'Some files of sotto are not here: a bundler took the first and left the others. ' +
      'Let it resolve the condition `module`, or keep sotto out of the bundle.',
  );
}

function isHere(name: string): boolean {
  try {
    return parts.has(name) || existsSync(new URL(`./${name}.js`, import.meta.url));
  } catch {
    // A bundle that is no module does not know where it is.
    return false;
  }
}

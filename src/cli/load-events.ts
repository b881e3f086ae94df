import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describeThrown, TelemetryError, toShownPath } from '../internal/index.js';
import { knownEventClasses, modelOfSchema } from '../privacy/index.js';
import { UsageError } from './exit-status.js';
import type { CommandIo } from './io.js';
import { setStdoutAside } from './stdout-aside.js';

/**
 * The event classes of a module: those that it exports, alone or in lists, and those that it declares on the way; from lists
 * also the classes of metadata of sessions. Runs the module; what it prints meanwhile goes to `stderr`.
 *
 * @param file - a module that Node.js can load; relative to `cwd`
 * @throws {UsageError} when it cannot be loaded, or holds no event class
 */
export async function loadEvents(
  file: string,
  { cwd, stderr }: Pick<CommandIo, 'cwd' | 'stderr'>,
): Promise<readonly object[]> {
  const giveBack = setStdoutAside(stderr);
  try {
    const exported = Object.values(await load(file, cwd));
    const listed = exported.flatMap((value) => (Array.isArray(value) ? (value as unknown[]) : []));
    // A copy of this package that is not this one has a list of its own: then what is exported is all there is to see.
    const events = [...exported, ...listed].filter(isEventClass).concat(knownEventClasses());
    if (events.length > 0) return [...new Set([...events, ...listed.filter(isSchemaClass)])];
  } finally {
    giveBack();
  }
  throw new UsageError(
    'The module of --events exports no event class. Export the classes by name, or in a list.',
  );
}

async function load(file: string, cwd: string): Promise<object> {
  try {
    return (await import(pathToFileURL(resolve(cwd, file)).href)) as object;
  } catch (error) {
    throw new UsageError(
      `The module of --events cannot be loaded: ${toShownPath(file)} (${reasonOf(error)}). ` +
        'Name a JavaScript module that Node.js can import.',
    );
  }
}

/** Of what the system and Node.js throw, the code alone: their messages hold whole paths. */
function reasonOf(error: unknown): string {
  const isOfSystem = error instanceof Error && 'code' in error && !(error instanceof TelemetryError);
  return isOfSystem ? String(error.code) : describeThrown(error);
}

const isEventClass = (value: unknown): value is object =>
  typeof value === 'function' && modelOfSchema(value)?.event !== undefined;

const isSchemaClass = (value: unknown): value is object =>
  typeof value === 'function' && modelOfSchema(value) !== undefined;

import { statSync } from 'node:fs';
import { quietly, toFileState } from '../../internal/index.js';
import { type ConfigPlace, type FlagsFile, readFlagsFile } from '../../settings/index.js';
import type { ConsentParts } from '../open-consent.js';

interface Seen {
  readonly state: string | undefined;
  readonly file: FlagsFile | undefined;
}

/** What was read last: the flag is told with every answer, and its file changes seldom. */
const seen = new WeakMap<readonly ConfigPlace[], Seen>();

/** The flags as they stand in the app's config file at this moment; undefined where the app has none. Never throws. */
export function readAppFlags({
  settings,
  places,
}: Pick<ConsentParts, 'settings' | 'places'>): FlagsFile | undefined {
  if (!settings.umbrellaFlag) return undefined;
  const state = stateOf(places);
  const last = seen.get(places);
  if (last && last.state === state) return last.file;
  const file = readFlagsFile(places);
  seen.set(places, { state, file });
  return file;
}

/** The umbrella flag; true where the app has none. */
export function isFlagEnabled(consent: Pick<ConsentParts, 'settings' | 'places'>): boolean {
  return !consent.settings.umbrellaFlag || readAppFlags(consent)?.flags.enable_observability === true;
}

/** Undefined where there is no file, or none that can be looked at. */
function stateOf(places: readonly ConfigPlace[]): string | undefined {
  const path = places.find(({ kind }) => kind === 'app')?.path;
  return path && quietly(() => toFileState(statSync(path, { bigint: true })));
}

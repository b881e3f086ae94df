import { statSync } from 'node:fs';
import { quietly } from '../../internal/index.js';
import { type ConfigPlace, readFlagsFile } from '../../settings/index.js';
import type { ConsentParts } from '../open-consent.js';

/** What was read of the places of an app: the flag is told with every answer, and changes seldom. */
const seen = new WeakMap<readonly ConfigPlace[], { readonly mark: string; readonly isEnabled: boolean }>();

/** The umbrella flag, as it stands in the app's config file at this moment; true where the app has none. */
export function isFlagEnabled({ settings, places }: Pick<ConsentParts, 'settings' | 'places'>): boolean {
  if (!settings.umbrellaFlag) return true;
  const mark = markOf(places);
  const last = seen.get(places);
  if (last?.mark === mark) return last.isEnabled;
  const isEnabled = readFlagsFile(places)?.flags.enable_observability === true;
  seen.set(places, { mark, isEnabled });
  return isEnabled;
}

/** Differs whenever the file does. */
function markOf(places: readonly ConfigPlace[]): string {
  const path = places.find(({ kind }) => kind === 'app')?.path;
  const found = path && quietly(() => statSync(path, { bigint: true }));
  return found ? `${found.ino} ${found.size} ${found.mtimeNs} ${found.ctimeNs}` : 'none';
}

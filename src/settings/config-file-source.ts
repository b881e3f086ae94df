import { lstatSync, statSync } from 'node:fs';
import { toFileState } from '../internal/index.js';
import { readConfigFiles } from './config-files.js';
import type { ConfigPlace } from './config-places.js';
import { readFlagsFile } from './feature-flags.js';
import { toFileLayers } from './file-layers.js';
import { toFlagLayers } from './flag-layers.js';
import type { LayerSource, Settings } from './settings.js';

/**
 * The word of files on consent, and of the app's flags where they count, for looking again while a process runs.
 *
 * @param places - from `findConfigPlaces()`; a file that appears at one of them later is heard too
 * @remarks Two changes of one file within a tick of the file system's clock that leave its size the same are seen as one.
 */
export function createConfigFileSource(
  places: readonly ConfigPlace[],
  { prefix, consent, umbrellaFlag }: Pick<Settings, 'prefix' | 'consent' | 'umbrellaFlag'>,
): LayerSource {
  const context = { prefix, isGiven: consent === 'given' };
  const readFlags = () => (umbrellaFlag ? toFlagLayers(readFlagsFile(places)) : []);
  return {
    fingerprint: () => places.map(toMark).join('\n'),
    read: () => [...toFileLayers(readConfigFiles(places), context), ...readFlags()],
  };
}

/** Differs whenever the place holds something else, or may be read by others than before. */
function toMark({ kind, path }: ConfigPlace): string {
  try {
    const options = { bigint: true, throwIfNoEntry: false } as const;
    const file = kind === 'marker' ? lstatSync(path, options) : statSync(path, options);
    return file === undefined ? '' : toFileState(file);
  } catch (error) {
    return String((error as NodeJS.ErrnoException).code);
  }
}

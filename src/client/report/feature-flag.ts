import { readFlagsFile } from '../../settings/index.js';
import type { ConsentParts } from '../open-consent.js';

/** The umbrella flag, as it stands in the app's config file at this moment; true where the app has none. */
export function isFlagEnabled({ settings, places }: Pick<ConsentParts, 'settings' | 'places'>): boolean {
  return !settings.umbrellaFlag || readFlagsFile(places)?.flags.enable_observability === true;
}

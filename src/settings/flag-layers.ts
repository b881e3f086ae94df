import type { FeatureFlags, FlagsFile } from './feature-flags.js';
import { formatOf } from './parse-table.js';
import type { ConsentLayer } from './settings.js';

/**
 * What the flags of an app's config file say about consent: an off for each that is not on. They never say yes.
 *
 * @param file - undefined where there is no place for one
 */
export function toFlagLayers(file: FlagsFile | undefined): readonly ConsentLayer[] {
  return LAYERS.flatMap(({ flag, about, layer }) => {
    if (file?.flags[flag]) return [];
    const key = `features.${flag}`;
    const source = file === undefined ? key : `${key} in ${file.shown}`;
    return [{ kind: 'off', about, layer, source, fix: toFix(key, file) }];
  });
}

interface FlagLayer extends Pick<ConsentLayer, 'about' | 'layer'> {
  readonly flag: keyof FeatureFlags;
}

const LAYERS: readonly FlagLayer[] = [
  { flag: 'enable_observability', about: 'telemetry', layer: 'umbrella_flag' },
  { flag: 'enable_crash_uploader', about: 'crashReporting', layer: 'crash_flag' },
];

function toFix(key: string, file: FlagsFile | undefined): string {
  if (file === undefined)
    return 'Name a config file with the option configFile: this user has no directory for one.';
  if (file.status !== 'unreadable') return `Set ${key} to true in ${file.shown}.`;
  const format = formatOf(file.path).toUpperCase();
  return `Make ${file.shown} a readable file of valid ${format}, at most 64 KB, that says ${key} once, and true.`;
}

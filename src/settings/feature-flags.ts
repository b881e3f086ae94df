import type { ConfigPlace } from './config-places.js';
import { type ConfigFormat, formatOf, isTable, parseTable, type Table } from './parse-table.js';
import { readSmallTextFile } from './small-text-file.js';

/** The flags of an app's config file, as they count. */
export interface FeatureFlags {
  /** The umbrella: what is written for it; its alias where nothing is; false where that is absent too. */
  readonly enable_observability: boolean;
  /** The alias. Says the same as the umbrella. */
  readonly enable_privacy_telemetry: boolean;
  readonly enable_crash_uploader: boolean;
}

/** An app's config file, as far as its flags go. */
export interface FlagsFile {
  /** Absolute. */
  readonly path: string;
  /** The path for people: the home directory is written `~`. */
  readonly shown: string;
  /** `unreadable`: nobody knows what it says, or it says one of the flags twice. */
  readonly status: 'absent' | 'read' | 'unreadable';
  /** All false unless `read`. */
  readonly flags: FeatureFlags;
}

/** The block of flags in the file. The rest of it, and the other flags in it, are the app's own business. */
const BLOCK = 'features';

/**
 * Read the flags of an app's config file. Only the booleans of JSON and TOML count, under these very names; whatever else
 * stands for a flag is a no.
 *
 * @param places - from `findConfigPlaces()`
 * @returns undefined where the app has no config file. Never throws, never waits
 */
export function readFlagsFile(places: readonly ConfigPlace[]): FlagsFile | undefined {
  const place = places.find(({ kind }) => kind === 'app');
  if (place === undefined) return undefined;
  const { path, shown } = place;
  const file = readSmallTextFile(path);
  if (file.status === 'absent') return { path, shown, status: 'absent', flags: NO_FLAGS };
  const flags = file.status === 'found' ? parseFlags(file.text, formatOf(path)) : undefined;
  if (flags === undefined) return { path, shown, status: 'unreadable', flags: NO_FLAGS };
  return { path, shown, status: 'read', flags };
}

const NO_FLAGS: FeatureFlags = Object.freeze({
  enable_observability: false,
  enable_privacy_telemetry: false,
  enable_crash_uploader: false,
});

function parseFlags(text: string, format: ConfigFormat): FeatureFlags | undefined {
  const root = parseTable(text, format, isDecision);
  if (root === undefined) return undefined;
  const block = Object.hasOwn(root, BLOCK) ? root[BLOCK] : undefined;
  const features: Table = isTable(block) ? block : {};
  const has = (flag: keyof FeatureFlags) => Object.hasOwn(features, flag);
  const isOn = (flag: keyof FeatureFlags) => has(flag) && features[flag] === true;
  const isUmbrellaOn = isOn(
    has('enable_observability') ? 'enable_observability' : 'enable_privacy_telemetry',
  );
  return {
    enable_observability: isUmbrellaOn,
    enable_privacy_telemetry: isUmbrellaOn,
    enable_crash_uploader: isOn('enable_crash_uploader'),
  };
}

/** What must not stand there twice. */
const isDecision = (key: string) => key === BLOCK || Object.hasOwn(NO_FLAGS, key);

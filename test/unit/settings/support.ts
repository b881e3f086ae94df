import {
  type ConfigFile,
  type ConfigPlace,
  type ConsentLayer,
  type Environment,
  resolveSettings,
  type Settings,
  type TelemetryOptions,
} from '../../../src/settings/index.js';

import { toSettledKey } from '../../../src/settings/table.js';

/** Settings of an app named `acme`, from what a test says and nothing else. */
export function resolve(
  { env = {}, dotenv = {}, ...others }: Partial<Environment> = {},
  options: Partial<TelemetryOptions> = {},
  files: readonly ConfigFile[] = [],
): Settings {
  return resolveSettings({ app: 'acme', ...options }, { env, dotenv, ...others }, files);
}

/** The layers in a form that reads well in a table: `off DO_NOT_TRACK in .env`, `yes diagnostics (about diagnostics)`. */
export function layersOf({ consentLayers }: Pick<Settings, 'consentLayers'>): string[] {
  return toLines(consentLayers);
}

export function toLines(layers: readonly ConsentLayer[]): string[] {
  const aside = ({ about }: ConsentLayer) => (about === 'telemetry' ? '' : ` (about ${about})`);
  return layers.map((layer) => `${layer.kind} ${layer.source}${aside(layer)}`).sort();
}

/** The warnings in a form that reads well in a table: `VALUE_INVALID ACME__TELEMETRY__BATCH_SIZE`. */
export function warningsOf(settings: Settings): string[] {
  return settings.warnings.map(({ code, source }) => `${code} ${source}`);
}

/** A place as `findConfigPlaces()` gives it; its path stands for itself. */
export function placeAt(kind: ConfigPlace['kind'], path: string): ConfigPlace {
  return { kind, path, shown: path };
}

/** A file as `readConfigFiles()` gives it, from what it holds. Keys stand on lines of their own. */
export function fileOf(
  kind: 'project' | 'app' | 'user' | 'machine',
  settings: object,
  path = `/${kind}.json`,
): ConfigFile {
  const trust = kind === 'user' || kind === 'machine' ? 'full' : 'given';
  const entries = Object.entries(settings).map(([key, value], index) => ({
    key,
    name: toSettledKey(key, value),
    value,
    line: index + 1,
  }));
  return { status: 'read', kind, path, trust, entries };
}

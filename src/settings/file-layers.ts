import { type ConfigFile, findKeys, type ReadableFile, type UnreadableFile } from './config-files.js';
import { readSwitch, type SwitchContext } from './read-switch.js';
import type { ConsentLayer, ConsentLayerName } from './settings.js';
import { toSwitchLayers } from './switch-layers.js';
import { SWITCH_NAMES } from './table.js';

/** What files say about consent, a layer for each word. Nothing is weighed here. */
export function toFileLayers(files: readonly ConfigFile[], context: SwitchContext): readonly ConsentLayer[] {
  return files.flatMap((file) => {
    switch (file.status) {
      case 'marker':
        return [off('marker_file', file.path, `Delete ${file.path}.`)];
      case 'hidden':
        return [off('file_unreadable', file.path, `Give this program the right to look for ${file.path}.`)];
      case 'unreadable':
        return [off('file_unreadable', file.path, repair(file))];
      case 'read':
        return SWITCH_NAMES.flatMap((name) =>
          toSwitchLayers(name, readSwitch(name, findKeys(name, [file]), context), LAYERS[file.kind]),
        );
      default:
        return file satisfies never;
    }
  });
}

const LAYERS: Readonly<Record<ReadableFile['kind'], ConsentLayerName>> = {
  project: 'project_policy',
  app: 'app_config',
  user: 'user_config',
  machine: 'machine_policy',
};

function off(layer: ConsentLayerName, source: string, fix: string): ConsentLayer {
  return { kind: 'off', about: 'telemetry', layer, source, fix };
}

const repair = ({ path, format }: UnreadableFile) =>
  `Make ${path} a readable file of valid ${format.toUpperCase()}, at most 64 KB, or remove it.`;

import { type ConsentLayer, type LayerSource, variableNames } from '../settings/index.js';
import { isStateUsable } from '../store/index.js';

/** Holds telemetry off where its user could not look up afterwards what was recorded and sent. */
export interface StoreGuard extends LayerSource {
  /** Something could not be kept: from now on telemetry is off in this process. */
  readonly fail: () => void;
}

/** @param prefix - what the app's variables start with */
export function createStoreGuard(directory: string | undefined, prefix: string): StoreGuard {
  let hasFailed = false;
  const isUsable = () => !hasFailed && isStateUsable(directory);
  return {
    fail: () => {
      hasFailed = true;
    },
    fingerprint: () => String(isUsable()),
    read: () => (isUsable() ? [] : [toLayer(prefix)]),
  };
}

function toLayer(prefix: string): ConsentLayer {
  const [variable] = variableNames('store.directory', prefix);
  return {
    kind: 'off',
    about: 'telemetry',
    layer: 'store_unusable',
    source: 'store.directory',
    fix: `Make the state directory writable, or set ${variable} to a directory that is.`,
  };
}

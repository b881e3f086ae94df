import { isAssetName, readAssetFile } from '../asset-files.js';
import { createAssets } from './assets.js';
import { createSessions } from './sessions.js';
import type { Tab, WebParts } from './web-env.js';

export interface WebPartsOptions {
  readonly tabs: readonly Tab[];
  readonly onFailure: (error: unknown) => void;
  readonly now: () => number;
}

/** What the pages of one web app share. Opens and starts nothing. */
export function createWebParts(options: WebPartsOptions): WebParts {
  return {
    ...options,
    assets: createAssets({ isName: isAssetName, read: readAssetFile }),
    sessions: createSessions(options.now),
  };
}

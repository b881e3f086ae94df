import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

/** Everything below `/assets/`, by name: its content type, and the package it comes from when it is not ours. */
const ASSETS = {
  'sotto.css': { type: 'text/css; charset=utf-8' },
  'settings.js': { type: 'text/javascript; charset=utf-8' },
  'person.css': { type: 'text/css; charset=utf-8' },
  'person.js': { type: 'text/javascript; charset=utf-8' },
  'dashboard.css': { type: 'text/css; charset=utf-8' },
  'dashboard.js': { type: 'text/javascript; charset=utf-8' },
  'charts.js': { type: 'text/javascript; charset=utf-8' },
  'uPlot.iife.min.js': { type: 'text/javascript; charset=utf-8', module: 'uplot/dist/uPlot.iife.min.js' },
  'uPlot.min.css': { type: 'text/css; charset=utf-8', module: 'uplot/dist/uPlot.min.css' },
  'icon.svg': { type: 'image/svg+xml' },
} as const satisfies Record<string, { readonly type: string; readonly module?: string }>;

export type AssetName = keyof typeof ASSETS;

export interface AssetFile {
  readonly type: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** The build copies the files to this place beside the entry that this file becomes part of. */
const FOLDER = new URL('./assets/', import.meta.url);

export const isAssetName = (name: string): name is AssetName => Object.hasOwn(ASSETS, name);

/** @throws the error of the file system when the package is not installed whole */
export async function readAssetFile(name: AssetName): Promise<AssetFile> {
  const asset: { readonly type: string; readonly module?: string } = ASSETS[name];
  const own = await readFile(new URL(name, FOLDER)).catch((error: unknown) => {
    if (asset.module === undefined) throw error;
    return undefined;
  });
  // In the source tree, files of other packages stay where they were installed.
  const bytes = own ?? (await readFile(createRequire(import.meta.url).resolve(asset.module ?? name)));
  return { type: asset.type, bytes: new Uint8Array(bytes) };
}

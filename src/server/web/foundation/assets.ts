import { createHash } from 'node:crypto';
import type { AssetFile, AssetName } from '../asset-files.js';

/** The fixed files that pages load. */
export interface Assets {
  /** The address of a file on this server. */
  href(name: AssetName): string;
  /** @returns undefined when there is no such file */
  answer(name: string, ifNoneMatch: string | undefined): Promise<Response | undefined>;
}

export interface AssetSource {
  isName(name: string): name is AssetName;
  read(name: AssetName): Promise<AssetFile>;
}

/** Files are read when they are first asked for, and kept. Browsers ask again each time, and get a 304 while nothing changed. */
export function createAssets({ isName, read }: AssetSource): Assets {
  const files = new Map<AssetName, Promise<AssetFile & { readonly etag: string }>>();
  const fileOf = (name: AssetName) => {
    const file = files.get(name) ?? read(name).then((asset) => ({ ...asset, etag: etagOf(asset.bytes) }));
    files.set(name, file);
    file.catch(() => files.delete(name));
    return file;
  };

  return {
    href: (name) => `/assets/${name}`,
    async answer(name, ifNoneMatch) {
      if (!isName(name)) return undefined;
      const { type, bytes, etag } = await fileOf(name);
      const headers = { 'content-type': type, 'cache-control': 'no-cache', etag };
      return ifNoneMatch === etag
        ? new Response(null, { status: 304, headers })
        : new Response(bytes, { headers });
    },
  };
}

const etagOf = (bytes: Uint8Array) =>
  `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;

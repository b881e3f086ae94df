/**
 * Takes our own sources out of the source maps: they are files of the package, and each map would hold them again. What was bundled from
 * other packages stays in the maps.
 */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');
const DIST = join(ROOT, 'dist');
const SOURCE = join(ROOT, 'src');

interface SourceMap {
  /** Relative to the folder of the map. */
  readonly sources: readonly string[];
  readonly sourcesContent?: readonly (string | null)[];
}

const paths = await readdir(DIST, { recursive: true });
await Promise.all(paths.filter((path) => path.endsWith('.js.map')).map((path) => shorten(join(DIST, path))));

async function shorten(path: string): Promise<void> {
  const map = JSON.parse(await readFile(path, 'utf8')) as SourceMap;
  const isOwn = (source: string) => !relative(SOURCE, resolve(dirname(path), source)).startsWith('..');
  const contents = map.sources.map((source, index) =>
    isOwn(source) ? null : (map.sourcesContent?.[index] ?? null),
  );
  const { sourcesContent: _, ...rest } = map;
  await writeFile(
    path,
    JSON.stringify({ ...rest, ...(contents.some(Boolean) && { sourcesContent: contents }) }),
  );
}
